"""What papers say around their facts, in each language they are printed in; and neutral wordings.

The words of a program in other wordings stand in its file; these are the words of the form.
"""

from collections.abc import Iterable
from enum import StrEnum

NEUTRAL = "neutral"


class Words(StrEnum):
    """The wordings a holder can choose. A neutral one does not say what the training is about to
    whoever finds the paper on a table.
    """

    USUAL = ""
    NEUTRAL = "neutral"
    SPANISH = "es"
    SPANISH_NEUTRAL = "es-neutral"

    @property
    def is_neutral(self) -> bool:
        """True for a wording that does not say recovery."""
        return self.value.endswith(NEUTRAL)

    @property
    def language(self) -> str:
        """The language tag of the paper."""
        return "es" if self.value.startswith("es") else "en"


_TELLING = (
    "recover", "addict", "substance", "alcohol", "drug", "opioid", "overdose", "sober", "sobriety",
    "harm reduction", "medication", "mental", "behavioral", "trauma", "suicid", "hiv", "hepatitis",
    "recupera", "adicci", "sustancia", "droga", "sobredosis", "sobri", "reducción de daños",
    "medicamento", "conductual", "suicid", "vih",
)  # fmt: skip
"""Beginnings of words that tell, in English and Spanish. Ours: what an employer or a landlord who
sees the paper should not learn from it."""


def telling(lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that say what a neutral paper should not."""
    return tuple(line for line in lines if any(part in line.lower() for part in _TELLING))


_SPANISH_FORM = {
    "Certificate of completion": "Certificado de finalización",
    "Training transcript": "Constancia de formación",
    "presented to": "otorgado a",
    "for completing": "por completar",
    "Issued": "Emitido",
    "Valid until": "Válido hasta",
    "No end date": "Sin fecha de fin",
    "no end date": "sin fecha de fin",
    "Hours by topic": "Horas por tema",
    "Hours by format": "Horas por modalidad",
    "Hours by topic and format": "Horas por tema y modalidad",
    "Assessment": "Evaluación",
    "Instructors": "Instructores",
    "Approvals": "Aprobaciones",
    "Check this certificate": "Comprobar este certificado",
    "Scan, or type the code at the address below.": (
        "Escanee, o escriba el código en la dirección de abajo."
    ),
    "QR code that opens the page of this certificate:": (
        "Código QR que abre la página de este certificado:"
    ),
    "A certificate of completion is not a certification. Certification is for certification "
    "boards to grant.": (
        "Un certificado de finalización no es una certificación. La certificación la otorgan los "
        "consejos de certificación."
    ),
    "Program": "Programa",
    "Program id and edition": "Programa y edición",
    "edition": "edición",
    "Replaces certificate": "Sustituye al certificado",
    "Renews certificate": "Renueva el certificado",
    "DEMO: made up to show how a certificate looks. It proves nothing.": (
        "DEMO: inventado para mostrar cómo es un certificado. No prueba nada."
    ),
    "DEMO: made up to show how a transcript looks. It proves nothing.": (
        "DEMO: inventada para mostrar cómo es una constancia. No prueba nada."
    ),
    "Holder": "Titular",
    "Training": "Formación",
    "Hours in all": "Horas en total",
    "Certificate issued": "Certificado emitido",
    "Provider": "Proveedor",
    "Address": "Dirección",
    "Signed by": "Firmado por",
    "Office": "Cargo",
    "Keeping": "Conservación",
    "Topic": "Tema",
    "All formats": "Todas las modalidades",
    "All topics": "Todos los temas",
    "Learning objectives": "Objetivos de aprendizaje",
    "Who taught, tested and stands behind this": "Quién enseñó, evaluó y responde por esto",
    "none": "ninguno",
    "to": "a",
    "of training,": "de formación,",
    "of training": "de formación",
    "Training transcript, certificate": "Constancia de formación, certificado",
    "Page": "Página",
    "of": "de",
}
"""What the form of a paper says."""

_SPANISH_FACTS = {
    "Self-paced online": "En línea, a su ritmo",
    "Live, in person": "En vivo, en persona",
    "Live online, interactive": "En vivo en línea, interactiva",
    "In-service": "En el servicio",
    "Supervision, individual": "Supervisión individual",
    "Supervision, in a group": "Supervisión en grupo",
    "Observation at work": "Observación en el trabajo",
    "Supervised work": "Trabajo supervisado",
    "%(n)s quizzes passed at %(at)s": "%(n)s cuestionarios aprobados con %(at)s",
    "or": "o",
    "%(title)s: %(n)s questions, passed at %(at)s": (
        "%(title)s: %(n)s preguntas, aprobado con %(at)s"
    ),
    "%(n)s role-plays judged competent against a rubric": (
        "%(n)s juegos de rol juzgados competentes con una rúbrica"
    ),
    "Renewed by %(hours)s of further training": "Renovado con %(hours)s de formación continua",
    "The provider keeps this record for at least seven years.": (
        "El proveedor conserva este registro al menos siete años."
    ),
}
"""What facts are put in, when they are frozen."""


_SPANISH = _SPANISH_FORM | _SPANISH_FACTS
_SHORT = frozenset({"to", "of", "none", "No end date", "no end date", "Page"})
"""Words that are no proof of anything alone, and that a forger could make a line of."""


def said(language: str, words: str, **values: object) -> str:
    """The words of the form in a language. Raises LookupError for words that it does not have."""
    spanish = _SPANISH[words]
    found = words if language == "en" else spanish
    return found % values if values else found


def form(language: str) -> tuple[str, ...]:
    """What the form itself says in a language, with nothing of a person in it."""
    return tuple(said(language, words) for words in _SPANISH_FORM if words not in _SHORT)
