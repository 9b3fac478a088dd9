"""A small app that shows every component on made-up pages, and one browser to look at them."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, jsonify, render_template, request
from flask_babel import Babel
from jinja2 import ChoiceLoader, FileSystemLoader
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server
from wtforms import BooleanField, Form, PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.domain.rubric import Criterion, RedFlag

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'nonce-look'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)


class Join(Form):
    """A form with one field of each kind."""

    name = StringField("Your name, as it should stand on a certificate", [InputRequired()])
    secret = PasswordField("Password", [InputRequired("Enter a password.")])
    about = TextAreaField("What should your coordinator know?")
    way = RadioField(
        "How do you want to read?",
        [InputRequired("Choose how you want to read.")],
        choices=[SelectChoice("text", "Text"), SelectChoice("audio", "Audio and text")],
    )
    news = BooleanField("Write to me when my work has been read")


LISTENS = Criterion(
    id="listens",
    title="Listens to what is said and felt",
    competencies=("III.1",),
    levels={
        1: "Talks over the person, corrects the feeling, or turns the talk to their own story.",
        2: "Takes in the facts, and passes over the feeling the person named.",
        3: "Says back the fact and the feeling in plain words, and waits for the answer.",
        4: "Names what lies under the words as a guess, and lets the person correct it.",
    },
    next_step="Try one short reflection before each question.",
    red_flags=(
        RedFlag("secrecy", "Promises to keep it secret", "A promise that cannot be kept."),
        RedFlag("leaves", "Ends the talk while the person is in danger", "Leaves them alone."),
    ),
    critical=True,
)
ACTS = replace(LISTENS, id="acts", title="Acts on danger", critical=False, red_flags=())


def _words() -> dict[str, object]:
    return {
        "account": ("/account", "Ana Ruiz"),
        "coordinator_href": "/messages",
        "csp_nonce": lambda: "look",
        "csrf_token": lambda: "token",
        "languages": [("?lang=es", "Español", "es")],
        "nav": [
            ("/learn", "Learn", True),
            ("/hours", "Hours", False),
            ("/c", "Certificates", False),
        ],
        "once_key": lambda: "once",
    }


@pytest.fixture(scope="session")
def app() -> Flask:
    """The components under the strict policy the product is served with."""
    app = Flask(
        "look",
        static_folder=ROOT / "lms" / "static",
        static_url_path="/static",
        root_path=str(ROOT),
    )
    app.config.update(SECRET_KEY="look", TESTING=True)
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(ROOT / "templates"), FileSystemLoader(Path(__file__).parent / "pages")]
    )
    Babel(app)
    app.jinja_env.globals.update(_words())
    saves: list[dict[str, str]] = []
    app.config["SAVES"] = saves

    @app.get("/look/<page>")
    def look(page: str) -> str:
        form = Join() if page in {"form", "errors"} else None
        if page == "errors":
            form.validate()
        return render_template(f"{page}.html", form=form, listens=LISTENS, acts=ACTS)

    @app.post("/save")
    def save() -> object:
        saves.append({**request.form, "header": request.headers.get("X-Autosave", "")})
        return jsonify(saved_at="10:42", revision=len(saves))

    @app.after_request
    def policy(response):
        response.headers["Content-Security-Policy"] = POLICY
        if response.direct_passthrough:
            # A page that is closed early leaves no file open behind it.
            response.direct_passthrough = False
            held = response.get_data()
            response.close()
            response.set_data(held)
        return response

    return app


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Where the pages are served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all looks."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()
