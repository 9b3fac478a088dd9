"""Walking every link a person is shown."""

import re

from tests.browsing import Browser
from tests.school import HOST

NEW_EACH_TIME = re.compile(r'nonce="[^"]*"|name="(?:csrf_token|once)" value="[^"]*"')
_LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')


def crawl(browser: Browser, start: str = "/", skip: str = "#") -> dict[str, str]:
    """Every page reached by links from the start, by address, without what is new each time.

    Left out: addresses that begin with ``skip``.
    """
    pages: dict[str, str] = {}
    waiting = {start}
    while waiting:
        path = waiting.pop()
        # Not by browser.open, which reads each page closely and takes four times as long.
        answer = browser.client.get(path, base_url=HOST, follow_redirects=True)
        pages[path] = NEW_EACH_TIME.sub("", answer.get_data(as_text=True))
        links = {link for link in _LINK.findall(pages[path]) if not link.startswith(skip)}
        waiting |= links - pages.keys()
    return pages
