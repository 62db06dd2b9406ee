//! Attributions to nobody, as prose has them: "critics say", "it is believed", "according to
//! experts", "a monitoring organisation said".
//!
//! Of one sentence; each language knows its own words alone. What says in the same breath who
//! is meant ("critics such as …", "experts at the ministry") is none.

mod words;

use std::ops::Range;

use words::Language;

/// Whether there may be any in a text, which is looked at once and quickly: most have none.
#[must_use]
pub fn may_hold(text: &str, lang: &str) -> bool {
    words::of(lang).is_some_and(|language| has_trigger(text, language))
}

/// Whether it has one of the words without which there is no attribution to nobody.
fn has_trigger(text: &str, language: &Language) -> bool {
    let (lists, lengths) = (language.triggers(), language.lengths());
    // Bytes beyond ASCII are parts of words; the lists begin with small ASCII letters.
    let is_inside = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    let is = |list: &[&str], word: &[u8]| list.iter().any(|one| one.as_bytes().eq_ignore_ascii_case(word));
    let mut last: &[u8] = &[];
    text.as_bytes().split(|byte| !is_inside(byte)).any(|word| {
        let before = std::mem::replace(&mut last, word);
        if is(language.common_participles, word) && is(language.before_common, before) {
            return true;
        }
        let Some(first) = word.first().map(|first| first.to_ascii_lowercase().wrapping_sub(b'a')) else {
            return false;
        };
        let bits = lengths.get(usize::from(first)).copied().unwrap_or_default();
        let may_be = 1u32.checked_shl(word.len() as u32).is_some_and(|bit| bits & bit != 0);
        may_be && lists.iter().any(|list| is(list, word))
    })
}

/// Where a sentence in the language `lang` attributes something to nobody in particular.
#[must_use]
pub fn weasels(sentence: &str, lang: &str) -> Vec<Range<usize>> {
    let Some(language) = words::of(lang).filter(|language| has_trigger(sentence, language)) else {
        return Vec::new();
    };
    let words = tokens(sentence);
    if words.iter().any(|word| word.is(language.names_anywhere) && !is_according(&words, word, language)) {
        return Vec::new();
    }
    let reader = Reader { sentence, words: &words, language };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match reader.at(at) {
            Some(end) => {
                found.push(words[at].at..words[end - 1].end());
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether it is the word of "according to" itself.
fn is_according(words: &[Token], word: &Token, language: &Language) -> bool {
    let at = words.partition_point(|other| other.at < word.at);
    language.according.iter().any(|start| {
        matches(&words[at..], start)
            .and_then(|end| words.get(at + end))
            .is_some_and(|next| next.is(language.people_after) || next.is(language.quantifiers))
    })
}

/// A word in small letters.
#[derive(Debug)]
struct Token {
    lower: String,
    at: usize,
    length: usize,
    capital: bool,
    /// Whether a mark stands between it and the word before: a comma, a bracket.
    after_mark: bool,
}

impl Token {
    fn is(&self, list: &[&str]) -> bool {
        list.contains(&&*self.lower)
    }

    fn end(&self) -> usize {
        self.at + self.length
    }
}

fn tokens(sentence: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '_' | '@' | '/' | '.');
    while let Some(start) = sentence[at..].find(char::is_alphanumeric).map(|found| at + found) {
        let end = sentence[start..].find(|c| !is_inside(c)).map_or(sentence.len(), |end| start + end);
        let word = sentence[start..end].trim_end_matches(|c: char| !c.is_alphanumeric());
        let between = &sentence[at..start];
        // The last of them is behind the word before.
        let after_mark = !between.trim().is_empty();
        found.push(Token {
            lower: word.to_lowercase(),
            at: start,
            length: word.len(),
            capital: word.starts_with(char::is_uppercase),
            after_mark,
        });
        at = start + word.len();
    }
    found
}

/// How many of the words the list takes, where they begin with it.
fn matches(words: &[Token], list: &[&str]) -> Option<usize> {
    let all = words.len() >= list.len() && words.iter().zip(list).all(|(word, one)| word.lower == **one);
    // A mark between them makes it something else.
    (all && words[1..list.len().max(1)].iter().all(|word| !word.after_mark)).then_some(list.len())
}

struct Reader<'a> {
    sentence: &'a str,
    words: &'a [Token],
    language: &'static Language,
}

impl Reader<'_> {
    /// One past the last word of what begins with the word at `at`.
    fn at(&self, at: usize) -> Option<usize> {
        self.passive(at)
            .or_else(|| self.according(at))
            .or_else(|| self.subject(at))
            .or_else(|| self.inverted(at))
    }

    fn word(&self, at: usize) -> Option<&Token> {
        self.words.get(at)
    }

    fn is(&self, at: usize, list: &[&str]) -> bool {
        self.word(at).is_some_and(|word| word.is(list))
    }

    /// The same, with nothing but a space before it.
    fn joins(&self, at: usize, list: &[&str]) -> bool {
        self.word(at).is_some_and(|word| !word.after_mark && word.is(list))
    }

    fn is_conditional(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is(before, self.language.conditions))
    }

    /// Whether a clause begins with the word at `at`.
    fn starts(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        self.word(at).is_some_and(|word| word.after_mark) || self.is(before, self.language.starters)
    }

    /// Whether it is said right behind `end` who is meant; or a hyphen follows.
    fn is_named(&self, end: usize) -> bool {
        self.joins(end, self.language.names_who)
    }

    /// "It is believed"
    fn passive(&self, at: usize) -> Option<usize> {
        if self.is_conditional(at) {
            return None;
        }
        let mut starts = self.language.passives.iter().filter_map(|start| matches(&self.words[at..], start));
        let language = self.language;
        let end = starts.find_map(|length| {
            let mut end = at + length;
            for _ in 0..2 {
                end += usize::from(self.joins(end, language.adverbs));
            }
            let is_one = self.joins(end, language.participles)
                || self.joins(end, language.common_participles) && self.joins(end + 1, &["that", "to"]);
            is_one.then_some(end + 1)
        })?;
        // "By the ministry", "it is said and done"; "it is believed to be" is of nobody.
        let goes_on = self.joins(end, &["to"])
            && self.joins(
                end + 1,
                &["be", "have", "cost", "take", "lie", "stand", "date", "contain", "include"],
            );
        (goes_on || !self.is_named(end)).then_some(end)
    }

    /// "According to experts"
    fn according(&self, at: usize) -> Option<usize> {
        let mut ends = self.language.according.iter().filter_map(|start| matches(&self.words[at..], start));
        let mut end = at + ends.next()?;
        end += usize::from(self.joins(end, self.language.quantifiers));
        end += usize::from(self.is_adjective(end) && self.joins(end + 1, self.language.people_after));
        (self.joins(end, self.language.people_after) && !self.is_named(end + 1)).then_some(end + 1)
    }

    /// "Critics say", "some legal experts also believe", "many argue", "a rights group said"
    fn subject(&self, at: usize) -> Option<usize> {
        if !self.starts(at) || self.is_conditional(at) {
            return None;
        }
        let language = self.language;
        let is_quantified = self.is(at, language.quantifiers);
        let has_article = self.is(at, language.articles);
        let list = if has_article { language.bodies } else { language.people };
        let mut end = at + usize::from(is_quantified || has_article);
        // "Sources said", "unnamed sources say"; "police sources" are somewhat less in the dark.
        let dark = end + usize::from(self.is(end, language.dark) && self.joins(end + 1, language.sources));
        if !has_article && self.is(dark, language.sources) && (dark == at || !self.word(dark)?.after_mark) {
            let is_said = self.joins(dark + 1, language.verbs) && !self.is_named(dark + 2);
            return is_said.then_some(dark + 2);
        }
        // "Legal experts": one adjective, or for a body two ("human rights").
        for _ in 0..if has_article { 2 } else { 1 } {
            end += usize::from(
                !self.is(end, list) && self.is_adjective(end) && {
                    self.joins(end + 1, list)
                        || has_article && self.is_adjective(end + 1) && self.joins(end + 2, list)
                },
            );
        }
        let is_noun = |at: usize| {
            self.word(at).is_some_and(|word| word.is(list) && (word.capital || !language.capitals))
        };
        let is_vague_people = self.is(end, &["people", "menschen", "leute", "activists", "aktivisten"]);
        if is_noun(end) {
            // "People say" is nobody's attribution, "many people say" is.
            if is_vague_people && !is_quantified || end > at && self.word(end)?.after_mark {
                return None;
            }
            // "A group said" may be any that was named before; "a rights group" is new.
            if has_article && end == at + 1 {
                return None;
            }
            end += 1;
        } else if !is_quantified || end != at + 1 {
            return None;
        }
        for _ in 0..2 {
            end += usize::from(self.joins(end, language.adverbs));
        }
        (self.joins(end, language.verbs) && !self.is_named(end + 1)).then_some(end + 1)
    }

    /// "Sagen Kritiker", "so Kritiker"
    fn inverted(&self, at: usize) -> Option<usize> {
        let language = self.language;
        if !language.inverts || !(self.is(at, language.verbs) || self.is(at, &["so"])) {
            return None;
        }
        let mut end = at + 1;
        let is_quantified = self.joins(end, language.quantifiers);
        end += usize::from(is_quantified);
        let word = self.word(end).filter(|word| !word.after_mark && word.capital)?;
        let is_vague_people = word.is(&["menschen", "leute", "aktivisten"]);
        (word.is(language.people) && (is_quantified || !is_vague_people) && !self.is_named(end + 1))
            .then_some(end + 1)
    }

    /// A word that may say of what kind people are, and not who: in small letters, whole, and
    /// with nothing before it.
    fn is_adjective(&self, at: usize) -> bool {
        let language = self.language;
        self.word(at).is_some_and(|word| {
            let is_first = self.sentence[..word.at].trim().is_empty();
            (!word.capital || is_first)
                && (is_first || !word.after_mark || self.starts(at))
                && word.length > 3
                && !word.lower.ends_with("'s")
                && !word.lower.ends_with("’s")
                && word.lower.chars().all(|c| c.is_alphabetic() || c == '-')
                && !word.is(language.verbs)
                && !word.is(language.conditions)
                && !word.is(language.starters)
                && !word.is(&[
                    "these", "those", "their", "both", "other", "your", "with", "from", "diese", "ihre",
                    "seine",
                ])
        })
    }
}

#[cfg(test)]
mod tests {
    use super::weasels;

    #[track_caller]
    fn check(lang: &str, sentence: &str, expected: &[&str]) {
        let found: Vec<&str> = weasels(sentence, lang).into_iter().map(|span| &sentence[span]).collect();
        assert_eq!(found, expected, "{sentence:?}");
    }

    #[test]
    fn english() {
        for (sentence, found) in [
            ("Critics say the dam is too dear.", "Critics say"),
            ("But some critics have long argued that it is.", "some critics have long argued"),
            ("The dam is too dear, critics say.", "critics say"),
            ("It is believed that the dam will leak.", "It is believed"),
            ("The dam, it is widely thought, will leak.", "it is widely thought"),
            ("Some say it leaks.", "Some say"),
            ("It is believed to be leaking.", "It is believed"),
            ("It is thought that it leaks.", "It is thought"),
            ("It was long understood that it leaks.", "It was long understood"),
            ("It is feared that it leaks.", "It is feared"),
            ("It is said that it leaks.", "It is said"),
            ("It has been widely reported that it leaks.", "It has been widely reported"),
            ("Sources said that it leaks.", "Sources said"),
            ("It leaks, several unnamed sources say.", "several unnamed sources say"),
            ("Observers say it leaks.", "Observers say"),
            ("Experts believe it leaks.", "Experts believe"),
            ("Many believe it leaks.", "Many believe"),
            ("Many people say it leaks.", "Many people say"),
            ("Observers note that it leaks.", "Observers note"),
            ("Legal experts believe it leaks.", "Legal experts believe"),
            ("A monitoring organisation said it leaks.", "A monitoring organisation said"),
            ("A human rights group said it leaks.", "A human rights group said"),
            ("It leaks, according to experts.", "according to experts"),
            ("According to some military analysts, it leaks.", "According to some military analysts"),
        ] {
            check("en-GB", sentence, &[found]);
        }
    }

    #[test]
    fn german() {
        for (sentence, found) in [
            ("Kritiker sagen, der Damm sei zu teuer.", "Kritiker sagen"),
            ("Der Damm sei zu teuer, sagen Kritiker.", "sagen Kritiker"),
            ("Der Damm sei zu teuer, so Beobachter.", "so Beobachter"),
            ("Laut Experten ist er undicht.", "Laut Experten"),
            ("Nach Ansicht von Fachleuten ist er undicht.", "Nach Ansicht von Fachleuten"),
            ("Es wird vermutet, dass er undicht ist.", "Es wird vermutet"),
            ("Viele glauben, dass er undicht ist.", "Viele glauben"),
        ] {
            check("de", sentence, &[found]);
        }
        for sentence in [
            "Kritiker wie Muster sagen Nein.",
            "Experten der Behörde sagen Nein.",
            "Laut Experten des Ministeriums ist er dicht.",
            "Das kritisieren sie.",
        ] {
            check("de", sentence, &[]);
        }
    }

    #[test]
    fn what_names_somebody_or_nothing() {
        for sentence in [
            "Critics such as M. Example say no.",
            "Critics, including M. Example, say no.",
            "Experts at the ministry say no.",
            "UN experts say no.",
            "The critics say no.",
            "Its critics say no.",
            "The ministry's critics say no.",
            "It is believed by the ministry that it leaks.",
            "It is thought-provoking.",
            "If critics say no, let them.",
            "The people have some say in the matter.",
            "Some think tanks disagree.",
            "Some said goodbye.",
            "A group said no.",
            "Experts told the committee so.",
            "It was claimed by the ministry to be leaking.",
            "It was said and done.",
            "It is reported to the police.",
            "Sources at the ministry said no.",
            "Police sources said no.",
            "Our sources said no.",
            "The sources said no.",
            "Experts from the university believe it leaks.",
            "It leaks, according to experts at the ministry.",
            "It is understood.by.all",
            "People say hello.",
            "We asked critics.",
            "",
        ] {
            check("en", sentence, &[]);
        }
        check("fr", "Critics say no.", &[]);
    }
}
