"""What a PDF says it is: PDF/A-3a to archives and PDF/UA-1 to readers, both in one file.

WeasyPrint writes one of the two; ISO 19005-3 (6.6.2.3) lets a file claim the other if the claim's
property is declared, which is what the extension schema below is for.
"""

from typing import Any

import pydyf

_CLAIM = b"""
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 this file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_END = b"</rdf:RDF>"


def finish(pdf: Any) -> None:
    """Claim PDF/UA-1 beside PDF/A-3a, and name each attachment once (WeasyPrint names it twice)."""
    metadata = part(pdf, pdf.catalog["Metadata"])
    metadata.stream[0] = metadata.stream[0].replace(_END, _CLAIM + _END)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    # PDF/A-3a leaves this to PDF/UA (ISO 14289-1, 7.1), which asks for the title in the window.
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})


def part(pdf: Any, reference: bytes | str) -> Any:
    """The object a reference such as ``12 0 R`` leads to."""
    return pdf.objects[int(reference.split()[0])]
