"""Walking every link a person is shown."""

import re

from tests.browsing import Browser

NEW_EACH_TIME = re.compile(r'nonce="[^"]*"|name="(?:csrf_token|once)" value="[^"]*"')


def crawl(browser: Browser, start: str = "/", skip: str = "#") -> dict[str, str]:
    """Every page reached by links from the start, by address, without what is new each time.

    Left out: addresses that begin with ``skip``.
    """
    pages: dict[str, str] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        page = browser.open(path)
        pages[path] = NEW_EACH_TIME.sub("", page.response.get_data(as_text=True))
        links = (str(link["href"]).partition("#")[0] for link in page.soup.select("a[href^='/']"))
        waiting += [link for link in links if link and not link.startswith(skip)]
    return pages
