"""German forms from a word's principal parts and the tables of the lexicon."""

from __future__ import annotations

CASES = ("Nom", "Acc", "Dat", "Gen")

_Table = dict[str, list[str]]


def declined(table: _Table, feats: dict[str, str]) -> str:
    """A form of an article, a pronoun or an adjective's endings: by gender, or by plural, then by case."""
    column = "Plur" if feats.get("Number") == "Plur" else feats.get("Gender", "Neut")
    return table[column][CASES.index(feats["Case"])]


def noun(lemma: str, genitive: str, plural: str, feats: dict[str, str]) -> str:
    """A noun's form. ``genitive`` is empty where it is regular; one in -en makes the noun a weak one."""
    case = feats.get("Case", "Nom")
    if feats.get("Number") == "Plur":
        return f"{plural}n" if case == "Dat" and not plural.endswith(("n", "s")) else plural
    if genitive.endswith("n"):
        return lemma if case == "Nom" else genitive
    if case == "Gen" and feats.get("Gender") != "Fem":
        return genitive or f"{lemma}s"
    return lemma


def name(words: list[str], case: str, gender: str) -> list[str]:
    """A name's forms; its last word has the ending. Names with an article of their own (*die Nato*) have their gender."""
    last = words[-1]
    if case == "Gen" and gender not in ("Fem", "Plur") and not last.endswith(("s", "ß", "x", "z")):
        return [*words[:-1], f"{last}s"]
    if case == "Dat" and gender == "Plur" and last.endswith("e"):
        return [*words[:-1], f"{last}n"]
    return words


def verb(parts: tuple[str, ...], feats: dict[str, str]) -> tuple[str, str]:
    """A verb's form and its lemma, which a finite verb without its particle has without it, too.

    Args:
        parts: infinitive, present and past (third person singular, without particle), participle, particle.
        feats: ``Order=last`` for a finite verb with its particle, ``Zu=Yes`` for *anzugreifen*.
    """
    infinitive, present, past, participle, particle, *_ = parts
    bare = infinitive.removeprefix(particle)
    if feats.get("VerbForm") == "Part":
        return participle, infinitive
    if feats.get("VerbForm") == "Inf":
        return (f"{particle}zu{bare}" if feats.get("Zu") and particle else infinitive), infinitive
    plural = feats.get("Number") == "Plur"
    if feats.get("Tense") == "Past":
        form = past if not plural else f"{past}n" if past.endswith("e") else f"{past}en"
    elif feats.get("Mood") == "Sub":
        form = bare if plural else f"{bare.removesuffix('n').removesuffix('e')}e"
    else:
        form = bare if plural else present
    return (f"{particle}{form}", infinitive) if feats.get("Order") == "last" else (form, bare)
