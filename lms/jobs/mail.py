"""Delivering letters by SMTP."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

_PATIENCE_SECONDS = 20


def letter(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    """A plain letter. Raises ValueError when a header would hold a line break."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message.set_content(text)
    return message


def deliver(smtp_url: str, message: EmailMessage) -> None:
    """Hand a letter to the server of ``smtps://user:password@host:port`` or ``smtp://…``.

    smtp:// starts TLS, except on the own machine. Raises OSError or smtplib.SMTPException.
    """
    parts = urlsplit(smtp_url)
    host = parts.hostname or "localhost"
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, parts.port or 465, timeout=_PATIENCE_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, parts.port or 587, timeout=_PATIENCE_SECONDS)
    with server:
        if parts.scheme != "smtps" and host not in {"localhost", "127.0.0.1", "::1"}:
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
