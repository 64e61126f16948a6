"""*laut X*, *X zufolge*, *nach Angaben von X*, *seiner Meinung nach*, *aus Sicht von X*: sources in a phrase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.events.resolve import Referents
from kg.events.sources.openers import Form, Opener
from kg.events.sources.rules import SourceRules
from kg.language.phrases import children, preposition
from kg.language.quotations import OPENING_MARKS
from kg.model import Clause, Parse, Span, Token, Voice

_REACH = 6
"""So many words may stand between the preposition and who is named."""


class PhraseReader:
    """Finds the phrases of one document that name a source."""

    def __init__(
        self, rules: SourceRules, parse: Parse, clauses: Sequence[Clause], referents: Referents
    ) -> None:
        self._rules = rules
        self._parse = parse
        self._clauses = {c.head: c for c in clauses}
        self._referents = referents

    def read(self) -> Iterator[Opener]:
        """All of them, in text order."""
        for token in self._parse.tokens:
            if token.lemma in self._rules.citing:
                yield from self._cited(token)
                continue
            adposition = self._opening(token)
            if adposition is None or self._judges_a_noun(token):
                continue
            clause = self._host(token)
            speakers = self._speakers(token, adposition, clause)
            resumes = not speakers and self._takes_up(token)
            if speakers or resumes:
                ends = sorted((token, adposition), key=lambda t: t.index)
                words = Span(ends[0].begin, ends[1].end)
                yield Opener(Form.PHRASE, speakers, token.sentence, token.index, words, clause, resumes)

    def _cited(self, noun: Token) -> Iterator[Opener]:
        """*unter Berufung auf Diplomaten*"""
        tokens = self._parse.tokens
        around = tokens[max(noun.index - 1, 0) : noun.index + 2]
        if [t.lemma for t in around if t.index != noun.index] != list(self._rules.cited_by):
            return
        sentence = self._parse.sentences[noun.sentence]
        for token in tokens[noun.index + 2 : min(noun.index + _REACH, sentence.last)]:
            if token.pos in ("VERB", "AUX", "PUNCT"):
                return
            found = self._referents.actors(token.index)
            if found:
                words = Span(tokens[noun.index - 1].begin, tokens[noun.index + 1].end)
                yield Opener(
                    Form.PHRASE, found, noun.sentence, noun.index, words, self._host(noun), cites=True
                )
                return

    def _opening(self, token: Token) -> Token | None:
        """The adposition that makes a word a source: a noun of telling (*nach Angaben*), or whoever stands with *laut*."""
        for adposition in self._adpositions(token):
            behind = adposition.index > token.index
            if adposition.lemma in self._rules.nouns and self._is_telling(token, adposition):
                return adposition
            named = adposition.lemma in self._rules.prepositions and token.pos in (
                "NOUN",
                "PROPN",
                "PRON",
                "X",
            )
            if (
                named
                and adposition.head == token.index
                and behind is (adposition.lemma in self._rules.postpositions)
            ):
                return adposition
        return None

    def _is_telling(self, noun: Token, adposition: Token) -> bool:
        """Whether a noun makes a source with its preposition; behind *nach* some also tell when (*nach dem Urteil*)."""
        nouns = self._rules.nouns.get(adposition.lemma)
        last = noun.text.rpartition("-")[2]  # "UNHCR-Angaben"
        if nouns is None or not (noun.lemma in nouns or noun.text in nouns or last in nouns):
            return False
        definite = self._referents.rules.definite
        articles = any(t.text.lower() in definite for t in children(self._parse, noun, "det"))
        occasion = noun.lemma in self._rules.occasions and adposition.lemma in self._rules.after
        return not (occasion and articles)

    def _adpositions(self, token: Token) -> Iterator[Token]:
        if token.pos not in ("NOUN", "PROPN", "PRON", "X"):
            return
        found = preposition(self._parse, token)
        if found is not None:
            yield found
        # Where the parser hung it elsewhere: "Seiner Meinung nach", "zufolge" as adverb.
        yield from (t for t in children(self._parse, token) if t.lemma in self._rules.prepositions)
        for i in (token.index - 1, token.index + 1):
            if 0 <= i < len(self._parse.tokens):
                beside = self._parse.tokens[i]
                if beside.sentence == token.sentence and beside.lemma in self._rules.nouns:
                    yield beside

    def _judges_a_noun(self, token: Token) -> bool:
        """*die seiner Ansicht nach falsche Wahl*: says of an attribute, not of a clause, whose word it is."""
        above = self._parse.tokens[token.head]
        return above.label == "amod" and above.index not in self._clauses

    def _host(self, token: Token) -> Clause | None:
        """The verbal clause that a phrase stands in."""
        seen: set[int] = set()
        while token.index not in seen:
            seen.add(token.index)
            clause = self._clauses.get(token.index)
            if clause is not None and not clause.nominal:
                return clause
            token = self._parse.tokens[token.head]
        return None

    def _speakers(self, noun: Token, adposition: Token, clause: Clause | None) -> tuple[str, ...]:
        if self._is_telling(noun, adposition):
            if any(t.lemma in self._rules.own for t in children(self._parse, noun, "amod", "det")):
                return self._subject(clause)  # "nach eigenen Angaben"
            if noun.lemma in self._rules.reports or noun.text in self._rules.reports:
                # "türkischen Medienberichten zufolge" is nobody's word but the media's
                return self._behind(noun) or self._referents.own_modifier(noun.index)
            return self._behind(noun) or self._referents.owner(noun.index)
        return self._referents.actors(noun.index) or self._beside(adposition)

    def _subject(self, clause: Clause | None) -> tuple[str, ...]:
        passive = (
            clause is not None and clause.voice is Voice.PASSIVE
        )  # "ist nach eigenen Angaben eingeweiht"
        slots = ("subject", "accusative") if passive else ("subject",)
        subjects = (c for c in clause.complements if c.slot in slots) if clause else ()
        return next((found for c in subjects if (found := self._referents.actors(c.head))), ())

    def _behind(self, noun: Token) -> tuple[str, ...]:
        """*nach Angaben von Xinhua*, *nach Angaben seiner Familie*: the words right behind."""
        tokens = self._parse.tokens
        for i in range(noun.index + 1, min(noun.index + _REACH, len(tokens))):
            token = tokens[i]
            if token.text in OPENING_MARKS:
                continue  # "einem Bericht der „Times“ zufolge"
            if token.sentence != noun.sentence or token.pos in ("VERB", "AUX", "PUNCT", "ADV", "PRON"):
                return ()
            if token.pos == "DET" and not self._may_be_genitive(token, tokens[i - 1]):
                return ()  # "nach palästinensischen Angaben einen Mann"
            if token.lemma in self._rules.postpositions:
                return ()  # "Zeitungsberichten zufolge Russland"
            if token.pos in ("NOUN", "PROPN", "X"):
                found = self._referents.actors(i)
                titles_a_name = (
                    any(children(self._parse, token, "flat", "appos")) or token.label == "compound"
                )
                if found or not titles_a_name:
                    return found
        return ()

    def _may_be_genitive(self, article: Token, before: Token) -> bool:
        """*Angaben der Armee*, *Angaben aus dem Kreml*, but not *Angaben einen Mann*."""
        return before.pos == "ADP" or article.text.lower().endswith(self._rules.genitive_determiners)

    def _beside(self, adposition: Token) -> tuple[str, ...]:
        """The nearest name on the side of an adposition where its noun stands."""
        step = -1 if adposition.lemma in self._rules.postpositions else 1
        tokens = self._parse.tokens
        for i in range(adposition.index + step, adposition.index + step * _REACH, step):
            if not 0 <= i < len(tokens) or tokens[i].sentence != adposition.sentence:
                break
            if tokens[i].pos in ("VERB", "AUX", "PUNCT"):
                break
            found = self._referents.actors(i)
            if found:
                return found
        return ()

    def _takes_up(self, noun: Token) -> bool:
        """*den Angaben zufolge*, *diesem Bericht nach*: what was told before, by whoever told it."""
        rules = self._referents.rules
        telling = any(noun.lemma in found or noun.text in found for found in self._rules.nouns.values())
        articles = children(self._parse, noun, "det")
        return telling and any(t.text.lower() in rules.definite for t in articles)
