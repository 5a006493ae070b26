"""What a column most likely means, by its name: the names that people use in many languages.

A name is looked up whole first; then its words say which side it is about (sender or
addressee) and what of it (name, place, date, identifier).
"""

from __future__ import annotations

import re

GUESSES: dict[str, tuple[str, ...]] = {
    "id": ("č", "sorszám", "número", "numero", "nr crt", "letter number", "signum",
                    "id", "key", "no", "nr", "number", "letter id", "letter no", "record id", "identifier",
           "uid", "signature",
                    "letter", "nummer", "lfd nr", "n", "№", "n°", "telegram no", "telegram number", "document no",
           "inv nr", "inventarnummer", "inventory number", "inventory no", "object number", "object id",
           "accession number", "accession no", "serial", "serial no"),
    "senders": ("feladó", "remetente", "expeditor", "expeditorul", "odosielateľ", "gönderen", "lähettäjä", "pošiljatelj", "pošiljalac", "відправник", "αποστολέας", "afsender", "avsender", "avsändare", "afzender", "levélíró", "szerző",
                    "sender", "senders", "author", "authors", "from", "von", "from name", "writer", "creator",
                "absender", "verfasser", "expediteur", "expéditeur", "auteur", "mittente", "remitente",
                "source", "correspondent from", "sender name", "от кого", "отправитель",
                    "автор", "who wrote", "who wrote it", "who", "written by", "nadawca", "odesílatel", "autor", "source label", "source name", "кто"),
    "addressees": ("címzett", "destinatário", "destinatar", "destinatarul", "adresát", "alıcı", "vastaanottaja", "primatelj", "primalac", "одержувач", "παραλήπτης", "modtager", "mottaker", "mottagare", "ontvanger",
                    "addressee", "addressees", "recipient", "recipients", "to", "to name", "receiver",
                   "empfänger", "empfaenger", "adressat", "destinataire", "destinatario",
                   "destinatary", "target", "recipient name", "кому", "адресат", "получатель",
                    "to whom", "written to", "odbiorca", "adresat", "příjemce", "target label", "target name", "an", "à"),
    "sender_refs": ("sender id", "senderid", "author id", "sender gnd", "sender viaf", "sender ref",
                    "absender gnd", "sender uri", "sender url"),
    "addressee_refs": ("addressee id", "addresseeid", "recipient id", "recipient gnd",
                       "recipient viaf", "addressee ref", "empfänger gnd", "recipient uri",
                       "addressee uri"),
    "place": ("hely", "keltezés helye", "local", "loc", "locul", "miesto", "yer", "paikka", "mjesto", "mesto", "місце", "τόπος", "afsendelsessted", "avsendersted", "avsändningsort", "místo odeslání", "miesto odoslania", "local de envio", "feladás helye",
                    "place", "origin", "sender place", "place from", "from place", "place of writing",
              "place written", "place sent", "sent from", "ort", "absendeort", "schreibort", "lieu",
              "luogo", "lugar", "location", "written at", "origin place", "where written", "written in",
                    "from where", "откуда", "wo", "skąd", "odkud", "aus", "где", "gdzie", "kde", "where from"),
    "place_to": ("místo určení", "miesto určenia", "modtagelsessted", "mottakersted", "mottagningsort", "rendeltetési hely", "címzés helye", "local de destino", "locul destinației",
                    "destination", "addressee place", "recipient place", "place to", "to place",
                 "sent to", "empfangsort", "place received", "destination place",
                    "where to", "куда", "bestimmungsort", "dokąd", "kam", "to where", "nach"),
    "date": ("dato", "dátum", "kelt", "keltezés", "tarih", "päiväys", "ημερομηνία",
                    "date", "date sent", "sent date", "date written", "datum", "data", "fecha", "letter date",
             "iso date", "date iso", "sender date", "date of letter", "дата", "sent", "timestamp",
                    "when", "wann", "дата письма", "data listu", "quand", "когда", "am", "dnia",
             "datierung", "entstehungszeit", "created", "date created", "creation date", "date of creation",
             "production date", "datation", "datazione", "datación", "datering", "датировка"),
    "date_text": ("date text", "date as marked", "date as written", "date original", "printed date"),
    "not_before": ("not before", "notbefore", "earliest", "date earliest", "earliest date"),
    "not_after": ("not after", "notafter", "latest", "date latest", "latest date"),
    "date_from": ("date from", "from date", "start date", "start",
                    "date start", "date begin", "begin date", "datum von"),
    "date_to": ("date to", "to date", "end date", "end",
                    "date end", "datum bis"),
    "year": ("year", "jahr", "année", "anno", "año", "jaar", "год"),
    "month": ("month", "monat", "mois", "mes", "mese", "maand", "месяц"),
    "day": ("day", "tag", "jour", "día", "dia", "giorno", "dag", "день"),
    "received": ("received", "date received", "received date", "empfangen",
                    "received on", "date of receipt", "receipt", "eingang", "eingangsdatum", "получено", "reçu"),
    "language": ("language", "languages", "sprache", "langue", "lang"),
    "url": ("url", "uri", "link", "permalink", "web"),
    "title": ("title", "titel", "subject", "betreff", "heading"),
    "subject": ("summary", "abstract", "regest", "regesten", "inhalt", "zusammenfassung", "résumé"),
    "holder": ("archivum", "levéltár", "arkiv", "arquivo", "arhiva", "arxiu", "biblioteca", "library or archive",
                    "repository", "archive", "holder", "library", "institution", "archiv", "archivo", "archivio", "archiwum", "архив", "fondo", "archives"),
    "shelfmark": ("jelzet", "cota", "cotă", "signatur nr", "sig", "reference", "reference code", "ref no",
                    "shelfmark", "call number", "signatur", "shelf mark", "cote",
                    "box folder", "box", "folder", "segnatura", "signatura", "шифр", "sygnatura", "call no", "location in archive", "standort"),
    "edition": ("edition", "printed in", "publication", "source edition"),
    "pages": ("page", "pages", "seite", "seiten"),
    "note": ("bemærkninger", "merknader", "anmärkningar", "megjegyzés", "observações", "observaciones", "poznámka", "poznámky", "observații", "opmerkingen",
                    "note", "notes", "remark", "remarks", "comment", "bemerkung", "anmerkung",
                    "bemerkungen", "anmerkungen", "remarques", "примечание", "примечания", "uwagi"),
    "copies_to": ("cc", "copies to", "copy to", "copied to"),
    "kind": ("type", "document type", "genre", "kind", "object type", "object name", "objektart", "objekttyp",
             "dokumenttyp", "gattung", "doc type", "letter type"),
    "channel": ("channel", "route", "sent by", "sent via", "via", "means", "mode", "delivery",
                "how sent", "how", "transmission", "medium", "means of transport", "versandart", "beförderung",
                "voie", "способ"),
    "carrier": ("carrier", "bearer", "courier", "carried by", "delivered by", "messenger",
                "überbringer", "bote", "porteur", "latore", "курьер"),
    "mentioned_persons": ("people mentioned", "persons mentioned", "mentioned persons", "mentions"),
    "mentioned_places": ("places mentioned", "mentioned places"),
    "classification": ("classification", "grade", "secrecy", "security", "гриф", "einstufung"),
    "time": ("time", "hour", "time sent", "uhrzeit", "heure", "время"),
    "direction": ("correspondents", "correspondence", "from to", "sender recipient", "korrespondenten",
                  "korrespondenz", "correspondants"),
    "weight": ("weight", "count", "letters"),
}  # fmt: skip

_SENDER = frozenset(
    [
        "sender",
        "senders",
        "from",
        "author",
        "authors",
        "writer",
        "creator",
        "absender",
        "verfasser",
        "schreiber",
        "briefschreiber",
        "expéditeur",
        "expediteur",
        "auteur",
        "remitente",
        "mittente",
        "afzender",
        "verzending",
        "avsändare",
        "afsender",
        "avsender",
        "отправитель",
        "отправителя",
        "origin",
        "sent",
        "departure",
        "expédition",
        "origen",
        "partenza",
        "отправления",
        "nadania",
        "nadawcy",
        "odeslání",
        "envío",
        "envio",
        "schreib",
        "absende",
        "ausstellungs",
        "written",
        "writing",
    ]
)
_ADDRESSEE = frozenset(
    [
        "addressee",
        "addressees",
        "recipient",
        "recipients",
        "to",
        "receiver",
        "empfänger",
        "empfaenger",
        "briefempfänger",
        "adressat",
        "destinataire",
        "destinatario",
        "destinatary",
        "geadresseerde",
        "ontvangst",
        "mottagare",
        "modtager",
        "mottaker",
        "ontvanger",
        "адресат",
        "адресата",
        "получатель",
        "получателя",
        "destination",
        "destino",
        "arrivo",
        "bestemming",
        "назначения",
        "odbioru",
        "odbiorcy",
        "přijetí",
        "recepción",
        "ziel",
        "empfangs",
        "received",
        "arrival",
        "réception",
    ]
)
_PLACE = frozenset(
    [
        "place",
        "ort",
        "lieu",
        "lugar",
        "luogo",
        "plaats",
        "plats",
        "sted",
        "место",
        "miejsce",
        "místo",
        "city",
        "town",
        "location",
        "stadt",
        "ville",
        "ciudad",
    ]
)
_DATE = frozenset(
    ["dato", "date", "datum", "data", "fecha", "дата", "briefdatum", "when", "wann", "когда"]
)
_IDENTIFIER = frozenset(
    ["id", "ids", "gnd", "viaf", "uri", "url", "ref", "wikidata", "geonames", "identifier", "norm"]
)
_HOLDERS = frozenset(
    ["institution", "archiv", "archive", "bibliothek", "library", "repository", "repositorium"]
)
_GIVEN = frozenset(
    ["first", "given", "forename", "forenames", "vorname", "prénom", "nombre", "nome"]
)
_FAMILY = frozenset(
    ["last", "surname", "family", "nachname", "familienname", "apellido", "cognome"]
)
_PARTS = {
    "year": "year",
    "month": "month",
    "day": "day",
    "jahr": "year",
    "monat": "month",
    "tag": "day",
}


def plain(name: str) -> str:
    """A column name as it is compared: small letters, words parted by one space."""
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", name)
    return " ".join(re.sub(r"[^\w]+|_", " ", parted).lower().split())


def guess(name: str) -> str | None:
    """What a column called `name` most likely means.

    >>> guess("Empfänger"), guess("letter_place_from"), guess("Recipient(s)"), guess("Colour")
    ('addressees', 'place', 'addressees', None)
    """
    key = plain(name)
    flag = _flag(key)
    if flag is not None:
        return flag or None
    whole = next((field for field, known in GUESSES.items() if key in known), None)
    bare = re.sub(r"\s*[(\[][^)\]]*\s[^)\]]*[)\]]", "", name).strip()  # "Sender (surname first)"
    if whole is None and bare and bare != name.strip():
        return guess(bare)
    found = whole or _by_words(set(_compounds(key.split())))
    bare = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", name).strip()
    return found or (guess(bare) if bare and bare != name.strip() else None)


_FLAG = re.compile(
    r"(?P<what>.+?) (?:is )?(?P<kind>uncertain|inferred|approx(?:imate)?|doubtful|unsicher|erschlossen)"
)
_FLAGGED = {
    "senders": "sender_uncertain", "addressees": "addressee_uncertain", "place": "place_uncertain",
    "place_to": "place_to_uncertain", "date": "date_uncertain",
}  # fmt: skip


def _flag(key: str) -> str | None:
    """A column that tells whether another is sure ("Author is uncertain"); "" for one of no use."""
    found = _FLAG.fullmatch(key)
    if found is None:
        return None
    if found["what"] == "date" and found["kind"].startswith("approx"):
        return "date_about"
    return _FLAGGED.get(guess(found["what"]) or "", "")


def _compounds(words: list[str]) -> list[str]:
    """The words of a name, German compounds parted: "zielort" is "ziel", "ort"."""
    out: list[str] = []
    for word in words:
        found = re.fullmatch(r"(\w{3,})(ort|datum)", word)
        out.extend(found.groups() if found and word not in _DATE else (word,))
    return out


def _by_words(words: set[str]) -> str | None:
    to = bool(words & _ADDRESSEE)
    side = "addressee" if to else "sender" if words & _SENDER else None
    if words & {
        "mentioned",
        "cc",
        "copy",
        "copies",
        "type",
        "language",
        "count",
        "number",
        "note",
        "notes",
    }:
        return None
    for word, field in _PARTS.items():
        if word in words and not to:
            return field
        if word in words and words & {"received", "receipt", "arrival"}:
            return f"received_{field}"
    if words & _PLACE:
        field = "place_to" if to else "place"
        return f"{field}_ref" if words & _IDENTIFIER else field
    if words & _DATE:
        return "received" if to else "date"
    if side is None:
        return "holder" if words & _HOLDERS else None
    if words & _IDENTIFIER:
        return f"{side}_refs"
    if words & _GIVEN:
        return f"{side}_given"
    if words & _FAMILY:
        return f"{side}_family"
    named = words - {
        "name",
        "names",
        "s",
        "letter",
        "brief",
        "person",
        "full",
        "the",
        "of",
        "de",
        "en",
        "post",
    }
    people = (_SENDER | _ADDRESSEE) - {
        "origin",
        "destination",
        "sent",
        "received",
        "departure",
        "arrival",
    }
    return f"{side}s" if named and named <= people else None
