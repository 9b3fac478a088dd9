"""A digital signature on the PDF itself (PAdES B-B), for readers that look for one.

Optional: it needs ``peerpath[pades]`` and a key of its own, ``keys/pdf.p12`` in the data folder:
an operator's, or one that ``lms keys pdf`` makes with a small authority of the school's own. No
time stamp and no network: what a board relies on stays the credential and the log.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from lms.formats.seals import NoKey
from lms.formats.signing_place import FIELD

_ROOM = 16_384
_YEARS_OF_AUTHORITY, _YEARS = 20, 5


def place(data: Path) -> Path:
    """Where the key that signs PDFs lies, if there is one."""
    return data / "keys" / "pdf.p12"


def is_on(data: Path) -> bool:
    """Whether papers are signed here."""
    return place(data).exists()


def sign(data: Path, password: str, pdf: bytes) -> bytes:
    """A paper with an empty place for it, signed. Raises NoKey."""
    signers, writer, fields = _pyhanko()
    signer = _signer(place(data), password, place(data).stat().st_mtime_ns)
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        md_algorithm="sha256",
    )
    signed = signers.PdfSigner(about, signer).sign_pdf(
        writer.IncrementalPdfFileWriter(BytesIO(pdf)),
        existing_fields_only=True,
        bytes_reserved=_ROOM,
    )
    return bytes(signed.getvalue())


def _pyhanko() -> tuple[Any, Any, Any]:
    try:
        return (
            import_module("pyhanko.sign.signers"),
            import_module("pyhanko.pdf_utils.incremental_writer"),
            import_module("pyhanko.sign.fields"),
        )
    except ImportError as missing:
        raise NoKey(
            "Papers cannot be signed: pyhanko is not installed. Run: pip install peerpath[pades]"
        ) from missing


@cache
def _signer(path: Path, password: str, _changed: int) -> Any:
    signers, _writer, _fields = _pyhanko()
    signer = signers.SimpleSigner.load_pkcs12(str(path), passphrase=password.encode() or None)
    if signer is None:
        raise NoKey(
            f"The key {path} cannot be opened. Is LMS_PDF_KEY_PASSWORD right? Papers wait for it."
        )
    return signer


def ends(data: Path, password: str) -> datetime:
    """The moment from which the certificate of the key does not hold any more. Raises NoKey."""
    try:
        _key, own, _more = pkcs12.load_key_and_certificates(
            place(data).read_bytes(), password.encode() or None
        )
    except (OSError, ValueError) as fault:
        raise NoKey(f"The key {place(data)} cannot be opened. Is its password right?") from fault
    if own is None:
        raise NoKey(f"There is no certificate in {place(data)}.")
    return own.not_valid_after_utc


def make(data: Path, school: str, password: str, now: datetime) -> Path:
    """Make an authority of the school and a key that it vouches for; where the authority's
    certificate lies, for boards to trust. Keeps what is there. The authority's own key is not kept:
    it vouches once.
    """
    trust = data / "keys" / "pdf-authority.pem"
    if is_on(data):
        return trust
    authority, own = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    root = _certificate(f"{school} authority", authority, None, now, _YEARS_OF_AUTHORITY)
    leaf = _certificate(f"{school} certificates", own, (root, authority), now, _YEARS)
    lock = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    held = pkcs12.serialize_key_and_certificates(b"pdf", own, leaf, [root], lock)
    path = place(data)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(held)
    trust.write_bytes(root.public_bytes(Encoding.PEM))
    return trust


def _certificate(
    name: str,
    key: ec.EllipticCurvePrivateKey,
    by: tuple[x509.Certificate, ec.EllipticCurvePrivateKey] | None,
    now: datetime,
    years: int,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    start = now.astimezone(UTC).replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by[0].subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - timedelta(days=1))
        .not_valid_after(start + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(_usage(by is None), critical=True)
    )
    return builder.sign(by[1] if by else key, hashes.SHA256())


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
