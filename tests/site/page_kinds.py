"""The pages that tests of the site look at."""

KINDS = [
    "/", "/letters", "/people", "/people?sort=Wrote", "/events", "/places", "/archives", "/channels", "/conflicts",
    "/network", "/network?person=person/dobrynin", "/query", "/query?name=who-wrote-to-whom", "/query?name=documents-by-month",
    "/search", "/search?q=kennedy", "/search?q=krushchev", "/search?kind=document&side=soviet",
    "/letters?person=person/khrushchev-nikita&from=1961&to=1962-06&sort=Document", "/letters?from=spring&to=1700",
    "/about", "/doc/document/th/N6", "/doc/document/frus1961-63v06/d21",
    "/doc/person/khrushchev-nikita", "/doc/body/cc-cpsu", "/doc/place/moscow", "/doc/conflict/c27",
    "/doc/event/cuban-missile-crisis", "/doc/archive/dos-cf", "/dataset", "/letters?page=2", "/doc/publication/afp-cd-1960",
    "/channel", "/channel/back-channel", "/ontology", "/shapes",
]  # fmt: skip
"""One or more pages of every kind."""
