"""Forms that more than one page uses."""

from wtforms import EmailField, Form, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from lms.web.text import lazy


class SignInForm(Form):
    """Address and password."""

    email = EmailField(lazy("Email address"), [InputRequired(lazy("Enter your email address."))])
    password = PasswordField(lazy("Password"), [InputRequired(lazy("Enter your password."))])


class NameForm(Form):
    """The name certificates print."""

    name = StringField(
        lazy("Your full name, as your certificate should print it"),
        [InputRequired(lazy("Enter your full name."))],
    )


class PasswordForm(Form):
    """A new password: length, no composition rules, not a common one."""

    password = PasswordField(
        lazy("Choose a password"),
        [
            InputRequired(lazy("Choose a password.")),
            Length(10, 256, lazy("Use 10 to 256 characters. A short sentence is a good password.")),
        ],
    )
