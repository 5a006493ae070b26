"""Editors' titles of archive pages and compendia: form, senders, addressees, participants.

The expectations were written before the rules were asked.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kgraph.extract import naming, titles

UNSEEN = [
    line.split("|")
    for line in (Path(__file__).parent / "golden" / "unseen" / "archive_titles.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]  # fmt: skip
MOC = "memorandum-of-conversation"
CIPHER = "cipher-telegram"
# title, form, senders, addressees, participants
TITLES: list[tuple[str, str, list[str], list[str], list[str]]] = [
    ("Letter, Anna Berg to Olaf Holm", "letter", ["Anna Berg"], ["Olaf Holm"], []),
    ("Letter, M. Tarel to the Central Committee of the CPSU, 'On the Herring Question'", "letter",
     ["M. Tarel"], ["Central Committee of the CPSU"], []),
    ("Letter from Prime Minister Lorin to Chairman Kast regarding Grain Deliveries", "letter",
     ["Lorin"], ["Kast"], []),
    ("Letter from the Central Committee of the CPSU to the Committee of the Workers' Party",
     "letter", ["Central Committee of the CPSU"], ["Committee of the Workers' Party"], []),
    ("Letter from Olaf Holm, Norwegian Foreign Minister, to Anna Berg, Minister of Trade", "letter",
     ["Olaf Holm"], ["Anna Berg"], []),
    ("Draft Letter from Berg to Holm", "letter", ["Berg"], ["Holm"], []),
    ("Personal Letter to Comrade Tarel from Comrade Dorn", "letter", ["Dorn"], ["Tarel"], []),
    ("Letter to Chairman Tarel from Secretary General Brandal of the United Nations", "letter",
     ["Brandal"], ["Tarel"], []),
    ("Letter Ulvik to Tarel", "letter", ["Ulvik"], ["Tarel"], []),
    ("Letter by Minister of Defense Dorn to the Party Leadership", "letter",
     ["Dorn"], ["Party Leadership"], []),
    ("Cable from Embassy in Cairo to the Ministry of Foreign Affairs", "telegram",
     ["Embassy in Cairo"], ["Ministry of Foreign Affairs"], []),
    ("Cable from the Chinese Embassy in Norway, 'On the Visit of the Prime Minister'", "telegram",
     ["Chinese Embassy in Norway"], [], []),
    ("Cable from the Chinese Foreign Ministry, 'Notice on the Situation at the Border'", "telegram",
     ["Chinese Foreign Ministry"], [], []),
    ("Cable from Chinese Foreign Ministry to Chinese Embassies and Consulates", "telegram",
     ["Chinese Foreign Ministry"], ["Chinese Embassies and Consulates"], []),
    ("Telegram from Brazilian Embassy in Havana (Bastos), 7 p.m., Saturday", "telegram",
     ["Bastos"], [], []),
    ("Telegram from Yugoslav Embassy in Havana (Vidak) to Yugoslav Foreign Ministry", "telegram",
     ["Vidak"], ["Yugoslav Foreign Ministry"], []),
    ("Telegram from the Norwegian Embassy, Havana (Holm), to Norwegian Foreign Ministry", "telegram",
     ["Holm"], ["Norwegian Foreign Ministry"], []),
    ("Telegram from Soviet Ambassador to Cuba Orlin to the USSR Ministry of Foreign Affairs",
     "telegram", ["Orlin"], ["USSR Ministry of Foreign Affairs"], []),
    ("TELEGRAM FROM SOVIET FOREIGN MINISTER TARNOV TO SOVIET AMBASSADOR TO THE USA ORLIN", "telegram",
     ["Tarnov"], ["Orlin"], []),
    ("Telegram from USSR Foreign Minister A. Tarnov to Soviet Representatives in Cuba", "telegram",
     ["A. Tarnov"], ["Soviet Representatives in Cuba"], []),
    ("Telegram from Tarnov to Orlin regarding the Departure of the Delegation", "telegram",
     ["Tarnov"], ["Orlin"], []),
    ("Telegram to the Embassy of Poland in Cuba from Deputy Minister Wolny", "telegram",
     ["Wolny"], ["Embassy of Poland in Cuba"], []),
    ("Telegram TROSTNIK (A. Tarnov) to PAVLOV", "telegram", ["A. Tarnov"], ["PAVLOV"], []),
    ("Ciphered Telegram No. 70, Embassy of Norway in Chile, to the Foreign Ministry", CIPHER,
     ["Embassy of Norway in Chile"], ["Foreign Ministry"], []),
    ("Ciphered Telegram No. 12915, Embassy of Poland in Chile, Dec 3, 1971", CIPHER,
     ["Embassy of Poland in Chile"], [], []),
    ("Ciphertelegram No. 451, Polish Embassy in Havana (Wolny)", CIPHER, ["Wolny"], [], []),
    ("Top Secret Cipher Telegram from Anna Berg to CPSU Central Committee", CIPHER,
     ["Anna Berg"], ["CPSU Central Committee"], []),
    ("Secret Telegram from Envoy Holm in Jakarta to Foreign Minister Berg", "telegram",
     ["Holm"], ["Berg"], []),
    ("Polish Embassy Telegram, Secret telegram from Wolny", "telegram", ["Wolny"], [], []),
    ("Hungarian Embassy in Havana (Halmi), Ciphered Telegram", CIPHER, ["Halmi"], [], []),
    ("Record of Conversation between Anna Berg and Olaf Holm", MOC,
     [], [], ["Anna Berg", "Olaf Holm"]),
    ("Memorandum of Conversation between Ambassador Orlin and Prime Minister Kast", MOC,
     [], [], ["Orlin", "Kast"]),
    ("Memorandum of Conversation: Prime Minister Lorin and Ambassador Kast", MOC,
     [], [], ["Lorin", "Kast"]),
    ("Minutes of Conversation between Chairman Tarel and the Delegation of the Workers' Party", MOC,
     [], [], ["Tarel", "Delegation of the Workers' Party"]),
    ("Minutes of a Conversation with the Norwegian Ambassador, Olaf Holm", MOC, [], [], ["Olaf Holm"]),
    ("Record of a Conversation of Premier Lorin with Cuban President Marti Salinas", MOC,
     [], [], ["Lorin", "Marti Salinas"]),
    ("Conversation between Premier Lorin and Olaf Holm, Norwegian Trade Minister", MOC,
     [], [], ["Lorin", "Olaf Holm"]),
    ("From the Journal of A.I. Orlin: Record of Conversation with Marti Salinas", MOC,
     ["A.I. Orlin"], [], ["A.I. Orlin", "Marti Salinas"]),
    ("Journal of A. I. Orlin: Record of Conversation with Marti Salinas, Prime Minister of the"
     " Republic of Cuba", MOC, ["A. I. Orlin"], [], ["A. I. Orlin", "Marti Salinas"]),
    ("From the Diary of S.F. Orlin: Record of a Meeting with Comrade Marti Salinas, 4 May 1961", MOC,
     ["S.F. Orlin"], [], ["S.F. Orlin", "Marti Salinas"]),
    ("From the Journal of Ambassador Orlin", "other", ["Orlin"], [], []),
    ("Journal of Soviet Ambassador to the DPRK A.M. Orlin for 14 June 1955", "other",
     ["A.M. Orlin"], [], []),
    ("Notes of the Meeting between Comrade Tarel and Olaf Holm", MOC, [], [], ["Tarel", "Olaf Holm"]),
    ("Summary of the Talk between President Lorin and the Soviet Ambassador", MOC,
     [], [], ["Lorin", "Soviet Ambassador"]),
    ("Stenographic Record of a Conversation between Comrades Tarel, Dorn and Salinas", MOC,
     [], [], ["Tarel", "Dorn", "Salinas"]),
    ("Minutes of the Politburo Session", "minutes", [], [], []),
    ("Minutes of the Session of the CC CPSU Politburo (Excerpt)", "minutes", [], [], []),
    ("Protocol No. 12 of the Session of the Presidium of the CC CPSU", "minutes", [], [], []),
    ("Excerpt from Protocol No. 5 of the Meeting of the Politburo", "minutes", [], [], []),
    ("Session of the CPSU CC Politburo", "minutes", [], [], []),
    ("Note by M. Tarel", "note", ["M. Tarel"], [], []),
    ("Note from the Soviet Embassy in Oslo to the Norwegian Foreign Ministry", "note",
     ["Soviet Embassy in Oslo"], ["Norwegian Foreign Ministry"], []),
    ("Note by the Head of the International Department, Dorn, on the Visit to Oslo", "note",
     ["Dorn"], [], []),
    ("Resolution of the Politburo of the CC CPSU", "resolution", ["Politburo of the CC CPSU"], [], []),
    ("CPSU CC Politburo Decision on the Transfer of Lorries to Cuba", "resolution",
     ["CPSU CC Politburo"], [], []),
    ("Decree of the USSR Council of Ministers 'On the Building of a Harbour'", "resolution",
     ["USSR Council of Ministers"], [], []),
    ("Report to the Central Committee by D. Volkin", "memorandum", ["D. Volkin"], ["Central Committee"], []),
    ("Report from the Bulgarian Embassy in Havana to the Ministry of Foreign Affairs", "memorandum",
     ["Bulgarian Embassy in Havana"], ["Ministry of Foreign Affairs"], []),
    ("Report, Embassy of Hungary in North Korea to the Hungarian Foreign Ministry", "memorandum",
     ["Embassy of Hungary in North Korea"], ["Hungarian Foreign Ministry"], []),
    ("Report by Deputy Foreign Minister Dorn on a Trip to Oslo", "memorandum", ["Dorn"], [], []),
    ("Report, Dorn to Tarel", "memorandum", ["Dorn"], ["Tarel"], []),
    ("Information from the Norwegian Party to the Central Committee", "memorandum",
     ["Norwegian Party"], ["Central Committee"], []),
    ("Memorandum from Dorn to the CC CPSU on Rocket Fuel", "memorandum", ["Dorn"], ["CC CPSU"], []),
    ("Memorandum from Deputy Minister Dorn and General Marek to Comrade Tarel", "memorandum",
     ["Dorn", "Marek"], ["Tarel"], []),
    ("Memorandum, Branch Office in Oslo to the Head of the Service", "memorandum",
     ["Branch Office in Oslo"], ["Head of the Service"], []),
    ("Memorandum by Frank Ulvik of the Policy Staff", "memorandum", ["Frank Ulvik"], [], []),
    ("Message from Chairman Tarel to President Lorin", "message", ["Tarel"], ["Lorin"], []),
    ("Oral Message from Tarel to Lorin", "message", ["Tarel"], ["Lorin"], []),
    ("Message, Tarel to Lorin, on Harbour Dues", "message", ["Tarel"], ["Lorin"], []),
    ("Speech by Comrade Tarel at the Congress", "other", ["Tarel"], [], []),
    ("Statement of the Norwegian Government", "other", ["Norwegian Government"], [], []),
    ("Excerpt from a Letter from Berg to Holm", "letter", ["Berg"], ["Holm"], []),
    ("Dispatch from Olaf Holm to the Foreign Office", "despatch", ["Olaf Holm"], ["Foreign Office"], []),
    ("Norwegian Foreign Ministry Memorandum, 'Relations with Cuba'", "memorandum",
     ["Norwegian Foreign Ministry"], [], []),
    ("Instructions from the Foreign Ministry to Ambassador Holm", "other",
     ["Foreign Ministry"], ["Holm"], []),
    ("Untitled report on the harbours of Oslo", "memorandum", [], [], []),
    ("Minutes of the Meeting of the CC CPSU Presidium", "minutes", [], [], []),
    ("Letter Regarding Aid to Cuba", "letter", [], [], []),
    ("Report on a Visit to Cuba", "memorandum", [], [], []),
    ("Notes from the Politburo Meeting of 4 May 1961", "minutes", [], [], []),
    ("Tarel to Orlin", "other", ["Tarel"], ["Orlin"], []),
    ("Norwegian Ambassador Holm to Deputy Foreign Minister Wolny", "other", ["Holm"], ["Wolny"], []),
    ("Norwegian Foreign Ministry to Norwegian Embassy, Havana", "other",
     ["Norwegian Foreign Ministry"], ["Norwegian Embassy, Havana"], []),
    ("Tarnov, Orlin, and Dorn to Ulvik", "other", ["Tarnov", "Orlin", "Dorn"], ["Ulvik"], []),
    ("Telegram Tarel to Orlin re Meeting with Premier Kast", "telegram", ["Tarel"], ["Orlin"], []),
    ("Letter of President Lorin to Ulvik", "letter", ["Lorin"], ["Ulvik"], []),
    ("Telegram from Norwegian Ambassador to Brazil (Holm), Rio de Janeiro", "telegram",
     ["Holm"], [], []),
    ("Telegram from Dorn (Havana) to the Ministry of Foreign Affairs", "telegram",
     ["Dorn"], ["Ministry of Foreign Affairs"], []),
    ("Telegram from Chargé Bastos, Brazilian Embassy in Moscow", "telegram", ["Bastos"], [], []),
    ("Foreign Minister Tarnov to Embassy in Oslo, Telegram", "telegram",
     ["Tarnov"], ["Embassy in Oslo"], []),
    ("Response from Prime Minister Lorin to Chairman Kast's Letter", "letter",
     ["Lorin"], ["Kast"], []),
    ("Resolution No. 65 of the Politburo", "resolution", ["Politburo"], [], []),
    ("Anna Berg, 'Speech at the Herring Conference'", "other", ["Anna Berg"], [], []),
    ("Memcon between Lorin and Premier Kast", MOC, [], [], ["Lorin", "Kast"]),
    ("Talk with Ambassador Orlin", MOC, [], [], ["Orlin"]),
    ("Notes Taken by Anders Holm of a Meeting with President Lorin", MOC, [], [],
     ["Anders Holm", "Lorin"]),
    ("Meeting Minutes between Chairman Kast and Premier Lorin", MOC, [], [], ["Kast", "Lorin"]),
    ("Conversation of President Lorin with Norwegian Ambassador Holm", MOC, [], [],
     ["Lorin", "Holm"]),
    ("Summary of the Discussion between Anna Berg and Olaf Holm in Varna", MOC, [], [],
     ["Anna Berg", "Olaf Holm"]),
]  # fmt: skip
# A second lot, written when the first was read whole.
FURTHER: list[tuple[str, str, list[str], list[str], list[str]]] = [
    ("Telegram from Norwegian Ambassador Holm in Washington to Foreign Minister Berg", "telegram",
     ["Holm"], ["Berg"], []),
    ("Telegram, Soviet Embassy in Pyongyang to Moscow", "telegram", ["Soviet Embassy in Pyongyang"], ["Moscow"], []),
    ("Telegram from Fillip (Tarnov) to Vasily Ivanovich", "telegram", ["Tarnov"], ["Vasily Ivanovich"], []),
    ("Cable, Tarnov to Orlin", "telegram", ["Tarnov"], ["Orlin"], []),
    ("Cable No. 42 from the Czechoslovak Embassy in Havana", "telegram", ["Czechoslovak Embassy in Havana"], [], []),
    ("Cable from Ambassador Holm to Oslo on the Meeting with President Lorin", "telegram", ["Holm"], ["Oslo"], []),
    ("Coded Message from A. Tarnov to Comrade Orlin", CIPHER, ["A. Tarnov"], ["Orlin"], []),
    ("Letter from the Prime Minister of Norway to the President of the Republic of Cuba", "letter",
     ["Prime Minister of Norway"], ["President of the Republic of Cuba"], []),
    ("Letter from Marti Salinas to Nikolai Tarnov", "letter", ["Marti Salinas"], ["Nikolai Tarnov"], []),
    ("Letter, Lorin to Kast (and Enclosures)", "letter", ["Lorin"], ["Kast"], []),
    ("Letter to the Secretary General of the United Nations from Anna Berg", "letter",
     ["Anna Berg"], ["Secretary General of the United Nations"], []),
    ("Handwritten Letter from Berg to Holm", "letter", ["Berg"], ["Holm"], []),
    ("Unsigned Letter to Olaf Holm", "letter", [], ["Olaf Holm"], []),
    ("Confidential Letter, CPSU CC to the Leaders of the Fraternal Parties", "letter",
     ["CPSU CC"], ["Leaders of the Fraternal Parties"], []),
    ("Reply Letter from Premier Lorin to Ambassador Kast", "letter", ["Lorin"], ["Kast"], []),
    ("Letter from Secretary of State Dorn to President Lorin", "letter", ["Dorn"], ["Lorin"], []),
    ("Note on the Talks between Tarel and Dorn", MOC, [], [], ["Tarel", "Dorn"]),
    ("Memorandum on the Visit of the Party and Government Delegation of the GDR", "memorandum", [], [], []),
    ("Memorandum to the CC CPSU from A. Dorn and V. Marek", "memorandum", ["A. Dorn", "V. Marek"], ["CC CPSU"], []),
    ("Memorandum for the President from the Secretary of State", "memorandum",
     ["Secretary of State"], ["President"], []),
    ("Memorandum from A. Dorn to T. Marek concerning the Lighthouse Treaty", "memorandum", ["A. Dorn"], ["T. Marek"], []),
    ("Record of a Meeting between the Foreign Ministers of Norway and Chile", MOC, [], [], None),
    ("Record of the Main Content of A. A. Dorn's Conversation with President Lorin", MOC, [], [], ["A. A. Dorn", "Lorin"]),
    ("Record of Conversation, Tarel and Brazilian Ambassador Luis Bastos", MOC, [], [], ["Tarel", "Luis Bastos"]),
    ("Record of Talks: Chairman Tarel, Premier Lorin and Olaf Holm", MOC, [], [], ["Tarel", "Lorin", "Olaf Holm"]),
    ("Conversation with Marti Salinas", MOC, [], [], ["Marti Salinas"]),
    ("Conversation between the Soviet Ambassador and Comrade Salinas", MOC, [], [], ["Soviet Ambassador", "Salinas"]),
    ("Memorandum of Conversation with Deputy Premier Kast", MOC, [], [], ["Kast"]),
    ("Memorandum of a Conversation between A. Tarnov and the Ambassador of Norway, Olaf Holm", MOC,
     [], [], ["A. Tarnov", "Olaf Holm"]),
    ("Minutes of the 9th Plenum of the CC of the Workers' Party", "minutes", [], [], []),
    ("Minutes of the Meeting between Premier Lorin and Ambassador Kast", MOC, [], [], ["Lorin", "Kast"]),
    ("Transcript of a Politburo Meeting on the Harbour Question", "minutes", [], [], []),
    ("Working Notes from the Session of the Politburo", "minutes", [], [], []),
    ("Report of the Norwegian Embassy in Cairo on the Situation in the Harbour", "memorandum",
     ["Norwegian Embassy in Cairo"], [], []),
    ("Report from General Marek to Minister of Defense Dorn", "memorandum", ["Marek"], ["Dorn"], []),
    ("Report by Charge d'Affaires Holm on Harbour Dues", "memorandum", ["Holm"], [], []),
    ("KGB Report to the Central Committee", "memorandum", ["KGB"], ["Central Committee"], []),
    ("Diary of Counselor Holm", "other", ["Holm"], [], []),
    ("Excerpt from the Diary of A. Tarnov", "other", ["A. Tarnov"], [], []),
    ("Statement by Foreign Minister Berg", "other", ["Berg"], [], []),
    ("Decision of the Secretariat of the CC CPSU", "resolution", ["Secretariat of the CC CPSU"], [], []),
    ("Order from Minister of Defense Dorn to General Marek", "other", ["Dorn"], ["Marek"], []),
    ("Directive, Ministry of Foreign Affairs to the Soviet Ambassador in Oslo", "other",
     ["Ministry of Foreign Affairs"], ["Soviet Ambassador in Oslo"], []),
    ("National Intelligence Estimate 11-4-62, 'Prospects for Herring'", "other", [], [], []),
    ("Aide-Memoire from the Norwegian Government to the Government of Chile", "memorandum",
     ["Norwegian Government"], ["Government of Chile"], []),
]  # fmt: skip
TITLES += FURTHER


@pytest.mark.parametrize(
    ("words", "form", "senders", "addressees", "participants"),
    TITLES,
    ids=[t[0][:48] for t in TITLES],
)
def test_a_title_says_form_and_parties(
    words: str, form: str, senders: list[str], addressees: list[str], participants: list[str]
) -> None:
    title = titles.read(words, offset=5)
    assert [one.name for one in title.senders] == senders
    assert [one.name for one in title.addressees] == addressees
    if participants:
        assert [one.name for one in title.participants] == participants
    assert title.form == form
    for one in (*title.senders, *title.addressees, *title.participants):
        assert one.start is not None
        assert one.end is not None
        if not words.isupper():
            assert words[one.start - 5 : one.end - 5] == one.name


NAMES = st.from_regex(r"[BDGKLMNRT][aeiou][bdgklmnrt]{1,2}[aeiou][nrsv]", fullmatch=True)


@given(
    sender=NAMES,
    addressee=NAMES,
    shape=st.sampled_from(
        ["Letter, {} to {}", "Telegram from {} to {}", "Message from {} to {} regarding Salt",
         "Letter to {1} from {0}", "Cable from Ambassador {} to Minister {}", "Report to {1} by {0}",
         "Ciphered Telegram No. 7, {} to {}", "Note from {} to {}, 'On Salt'"]
    ),
)  # fmt: skip
def test_no_name_is_known_beforehand(sender: str, addressee: str, shape: str) -> None:
    assume(sender != addressee)
    for name in (sender, addressee):
        assume(
            not naming.is_place(name) and not naming.is_body(name) and not naming.is_office(name)
        )
    title = titles.read(shape.format(sender, addressee))
    assert [one.name for one in title.senders] == [sender]
    assert [one.name for one in title.addressees] == [addressee]


@pytest.mark.parametrize("row", UNSEEN, ids=lambda row: row[0][:60])
def test_a_title_of_the_lots(row: list[str]) -> None:
    title, form, senders, addressees, met = row
    found = titles.read(title)
    sides = [";".join(one.name for one in side) for side in (found.senders, found.addressees, found.participants)]  # fmt: skip
    if form == MOC:  # who kept the record is told elsewhere
        assert [found.form, *sides[1:]] == [form, addressees, met]
    else:
        assert [found.form, *sides] == [form, senders, addressees, met]


def test_the_day_and_the_extent_behind_a_title_are_no_part_of_it() -> None:
    title = "Telegram from the Embassy in Zenda to the Foreign Ministry, 'On the Harvest', 5 May 1960 (Excerpt)"
    found = titles.read(title)
    assert found.subject == "On the Harvest"
    assert [one.name for one in found.addressees] == ["Foreign Ministry"]
    record = titles.read("Record of a Talk between Ada Marl and Premier Bo Lund, 5 May 1960")
    assert [one.name for one in record.participants] == ["Ada Marl", "Bo Lund"]
