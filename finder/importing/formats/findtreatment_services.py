"""Services as FindTreatment.gov names them, brought to SAMHSA's codes."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from finder.domain.vocabulary import SEEDS
from finder.places.spelling import Words, words

_LONGEST_LIST = 5_000

# What the locator called services before, beside the names in the table of codes.
_EARLIER_NAMES = (
    ("Accepts clients on opioid medication", "MOA"),
    ("All Clients in Opioid Treatment Program", "OTP"),
    ("Breath analyzer or blood alcohol testing", "BABA"),
    ("Buprenorphine (extended-release, injectable, for example, Sublocade\u00ae)", "BERI"),
    ("Buprenorphine with naloxone (Suboxone\u00ae)", "BWN"),
    ("Case management", "CM"),
    ("Clients referred from the court/judicial system", "CJ"),
    ("Commission on Accreditation of Rehabilitation Facilities", "CARF"),
    ("Computerized treatment/telemedicine", "TELE"),
    ("Consumer-run (peer-support) services", "PEER"),
    ("Disulfiram (Antabuse\u00ae)", "DSF"),
    ("Do not use medication for opioid addiction", "NMOA"),
    ("Does not treat opioid addiction", "NOOP"),
    ("Domestic violence services-family or partner", "DVFP"),
    ("DUI/DWI clients", "DU"),
    ("Extended-release, injectable Naltrexone (Vivitrol\u00ae)", "VTRL"),
    ("Family counseling offered", "FCO"),
    ("Federal, or any government funding for substance abuse programs", "FSA"),
    ("Group counseling offered", "GCO"),
    ("Individual counseling offered", "ICO"),
    ("Integrated dual disorders treatment", "IDD"),
    ("Lesbian, gay, bisexual, or transgender (LGBT) clients", "GL"),
    ("Marital/couples counseling offered", "MCO"),
    ("Medications for psychiatric disorders", "MMD"),
    ("Methadone and buprenorphine clients only", "OUDO"),
    ("Military families", "MF"),
    ("Military insurance (e.g., TRICARE)", "MI"),
    ("Nicotine replacement therapy", "NRT"),
    ("Non-nicotine smoking/tobacco cessation medications", "NSC"),
    ("Persons who have experienced intimate partner violence, domestic violence", "DV"),
    ("Persons who have experienced sexual abuse", "XA"),
    ("Persons who have experienced trauma", "TRMA"),
    ("Persons with co-occurring mental and substance use disorders", "CO"),
    ("Persons with HIV or AIDS", "HV"),
    ("Persons with serious mental illness (SMI)", "SMI"),
    ("Prescribes/administers buprenorphine", "UB"),
    ("Prescribes/administers naltrexone", "UN"),
    ("Regional/district or county, local or municipal government", "LCCG"),
    ("Relapse prevention from naltrexone", "RPN"),
    ("SAMHSA-certified Opioid Treatment Program", "OTP"),
    ("Screening for Hepatitis B", "HBT"),
    ("Screening for Hepatitis C", "HCT"),
    ("Screening for mental health disorders", "SMHD"),
    ("Seniors (65 or older)", "SNR"),
    ("Services for the deaf and hard of hearing", "AH"),
    ("Smoking/tobacco cessation counseling", "TCC"),
    ("State education funds", "SEF"),
    ("State substance abuse agency", "STAG"),
    ("Substance abuse education", "SAE"),
    ("Substance use counseling approach", "SACA"),
    ("Telemedicine/telehealth", "TELE"),
    ("Transitional age young adults", "TAY"),
    ("Trauma therapy", "TRC"),
    ("Treatment for non-substance use addiction disorder", "TOD"),
)


def codes_of(services: Any) -> tuple[frozenset[str], frozenset[str]]:
    """The codes of a row's services, and the names that no table knows.

    Services are ``[{"f2": category, "f3": "name; name"}]``; ``None`` and everything else that is no such list are none.
    """
    codes: set[str] = set()
    unknown: set[str] = set()
    for category, name in _names(services):
        called = words(name)
        code = _codes().get((category, called)) or _codes().get(("", called))
        if code:
            codes.add(code)
        else:
            unknown.add(f"{category}: {name}"[:100])
    return frozenset(codes), frozenset(unknown)


def _names(services: Any) -> Iterator[tuple[str, str]]:
    for service in services if isinstance(services, list) else ():
        if isinstance(service, dict) and isinstance(listed := service.get("f3"), str):
            for name in listed[:_LONGEST_LIST].split(";"):
                if name.strip():
                    yield str(service.get("f2"))[:20], name.strip()


@cache
def _codes() -> Mapping[tuple[str, Words], str]:
    """The code by category and name; also by the name alone, with an empty category."""
    found: dict[tuple[str, Words], str] = {("", words(name)): code for name, code in _EARLIER_NAMES}
    with (SEEDS / "samhsa-codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["service_name"]
            for called in (name, *name.split("/24-hour ")):  # "Residential/24-hour residential"
                found.setdefault((row["category_code"], words(called)), row["service_code"])
                found.setdefault(("", words(called)), row["service_code"])
    return found
