//! Figures of a headline that the text below it does not have.

use std::ops::Range;

use super::figure::{self, Figure};

/// Words before a number that make it a name or an age, in small letters.
#[rustfmt::skip] // One word a line is too long to read.
const LABELS: &[&str] = &[
    "article", "chapter", "part", "day", "week", "month", "year", "resolution", "no", "nr", "number", "section",
    "phase", "stage", "round", "level", "route", "highway", "flight", "boeing", "airbus", "group", "class",
    "grade", "version", "windows", "unit", "room", "page", "vol", "volume", "episode", "type", "apollo", "title",
    "session", "season", "top", "covid", "age", "aged", "turns", "at", "step", "under", "over", "bill", "prop",
    "proposition", "artikel", "kapitel", "teil", "tag", "woche", "jahr", "abschnitt", "runde", "stufe", "flug",
    "gruppe", "klasse", "zimmer", "seite", "folge", "typ", "paragraf", "alter", "schritt", "unter", "über", "mit",
];

/// What a headline counts that the story need not, anniversaries among them: "five things to
/// know", "seven years of it".
#[rustfmt::skip]
const LISTED: &[&str] = &[
    "thing", "way", "reason", "tip", "question", "lesson", "takeaway", "fact", "step", "chart", "photo",
    "picture", "graphic", "map", "idea", "rule", "key", "point", "moment", "story", "stories", "trick", "change",
    "highlight", "resource", "tool", "example", "app", "best", "easy", "great", "simple", "more", "essential",
    "quick", "must", "top", "new", "free", "common", "minute", "word", "part", "year", "decade", "time",
    "ding", "grund", "gründe", "frage", "tipp", "antwort", "lehre", "fakt", "bild", "punkt", "wort", "minut",
    "schritt", "beispiel", "jahr", "jahrzehnt", "mal",
];

/// Numbers that are words of another meaning.
const WORDS: &[&str] = &["score", "a score", "101", "360"];

/// What is longer, in bytes, is no headline; each of its words and figures is looked for in the
/// whole text.
pub const LONGEST: usize = 500;

/// How many of its figures are looked for.
const MOST_FIGURES: usize = 16;

/// Words between the two numbers of a ratio: "four in five", "two out of three", "vier von fünf".
const OF: &[&str] = &["in", "out of", "in every", "of", "of every", "von", "aus"];

/// What follows numbers that are counted one after the other: "4 in 10 days".
#[rustfmt::skip]
const TIMES: &[&str] = &[
    "second", "minute", "hour", "day", "night", "week", "month", "year", "decade", "sekunde", "minute", "stunde",
    "tag", "nacht", "woche", "monat", "jahr",
];

/// How far "four in five" may be from what it was rounded from, in percentage points.
const RATIO_LEEWAY: f64 = 5.0;

/// Where the figures of `title` stand that nothing in `body` bears out, a ratio as one. Both are
/// in the language `lang` (a BCP 47 tag).
#[must_use]
pub fn unsupported_figures(title: &str, body: &str, lang: &str) -> Vec<Range<usize>> {
    if title.len() > LONGEST {
        return Vec::new();
    }
    let mut figures = figure::read_all(title, lang);
    figures.truncate(MOST_FIGURES);
    let ratios: Vec<[Figure; 2]> = figures.windows(2).filter_map(|pair| ratio(title, pair)).collect();
    let parts: Vec<usize> = ratios.iter().flatten().map(|part| part.span.start).collect();
    figures.retain(|figure| {
        let is_wanted = is_judged(title, figure) || parts.contains(&figure.span.start);
        is_wanted && !stands_in(body, &title[figure.span.clone()])
    });
    if figures.is_empty() {
        return Vec::new();
    }
    let known: Vec<Figure> = figure::read_all(body, lang).into_iter().map(closed).collect();
    figures.retain(|figure| {
        let rounded = rounded(figure);
        !known.iter().any(|known| rounded.meets(known))
            && !known.windows(2).any(|pair| sum(&pair[0], &pair[1]).is_some_and(|sum| rounded.meets(&sum)))
    });
    let mut found: Vec<Range<usize>> = Vec::new();
    for figure in figures {
        let ratio = ratios.iter().find(|parts| parts.iter().any(|part| part.span == figure.span));
        match ratio {
            None => found.push(figure.span),
            Some(parts) if known.iter().any(|known| is_percentage_of(known, parts)) => {}
            Some([part, whole]) => found.push(part.span.start..whole.span.end),
        }
    }
    found.dedup();
    found
}

/// Two figures of which the first is so many of the second: "four in five".
fn ratio(title: &str, pair: &[Figure]) -> Option<[Figure; 2]> {
    let [part, whole] = pair else { return None };
    let exactly = |figure: &Figure| {
        figure.low.filter(|_| figure.low == figure.high && figure.unit.as_deref() != Some("%"))
    };
    let (some, all) = (exactly(part)?, exactly(whole)?);
    let between = title.get(part.span.end..whole.span.start)?.trim().to_lowercase();
    let after = title[whole.span.end..].trim_start().to_lowercase();
    let is_time = TIMES.iter().any(|word| after.starts_with(word));
    (OF.contains(&&*between) && some >= 1.0 && some < all && all <= 100.0 && !is_time)
        .then(|| [part.clone(), whole.clone()])
}

/// Whether a figure is the percentage that a ratio stands for.
fn is_percentage_of(known: &Figure, [part, whole]: &[Figure; 2]) -> bool {
    let bounds = (part.low.or(part.high), whole.low.or(whole.high));
    let (Some(some), Some(all)) = bounds else { return false };
    let percent = some / all * 100.0;
    let (low, high) = known.range();
    known.unit.as_deref() == Some("%")
        && low.is_none_or(|low| low <= percent + RATIO_LEEWAY)
        && high.is_none_or(|high| high >= percent - RATIO_LEEWAY)
}

fn is_judged(title: &str, figure: &Figure) -> bool {
    let raw = &title[figure.span.clone()];
    let (before, after) = (&title[..figure.span.start], &title[figure.span.end..]);
    let in_digits = raw.contains(|c: char| c.is_numeric());
    let value = figure.low.or(figure.high).unwrap_or_default();
    let is_year = raw.len() == 4 && raw.bytes().all(|byte| byte.is_ascii_digit());
    // "One in", "two sides", "dozens"
    let is_idiom = WORDS.contains(&&*raw.to_lowercase())
        || !in_digits && (value < 3.0 || figure.about || figure.high.is_none());
    // "5G", "24/7", "3-1", "9/11"
    let is_part = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | ':'))
        || after.strip_prefix(['-', '–', '.']).is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        || before.ends_with(['/', ':', '-', '–', '.', '#'])
        || before.ends_with(char::is_alphanumeric);
    let last = before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty());
    let is_named = last.is_some_and(|word| LABELS.contains(&&*word.to_lowercase()));
    let mut next = after.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(3);
    let is_list = next.any(|word| {
        let word = word.to_lowercase();
        LISTED.iter().any(|listed| word.strip_prefix(listed).is_some_and(|end| end.len() < 3))
    });
    !(is_year || is_idiom || is_part || is_named || is_list && value < 101.0)
}

/// Whether the very digits, or words, stand in the text.
fn stands_in(text: &str, raw: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    memchr::memmem::find_iter(text.as_bytes(), raw)
        .any(|at| !is_part(text[..at].chars().next_back()) && !is_part(text[at + raw.len()..].chars().next()))
}

/// "At least 18" bears out 18, and not whatever is more; only "hundreds" are open.
fn closed(figure: Figure) -> Figure {
    if figure.about {
        return figure;
    }
    Figure { low: figure.low.or(figure.high), high: figure.high.or(figure.low), ..figure }
}

/// As far off as a headline may round: half a unit of the last digit that is no zero.
fn rounded(figure: &Figure) -> Figure {
    let leeway = |value: f64| {
        let mut unit = 1.0;
        while value.abs() >= 100.0 && unit < value.abs() && value % (unit * 10.0) == 0.0 {
            unit *= 10.0;
        }
        unit / 2.0
    };
    Figure {
        low: figure.low.map(|low| low - leeway(low)),
        high: figure.high.map(|high| high + leeway(high)),
        ..figure.clone()
    }
}

/// Both together, of two that have bounds.
fn sum(one: &Figure, other: &Figure) -> Option<Figure> {
    let (low, high) = (one.low? + other.low?, one.high? + other.high?);
    Some(Figure { low: Some(low), high: Some(high), about: one.about || other.about, ..one.clone() })
}

#[cfg(test)]
mod tests {
    use super::unsupported_figures;

    #[track_caller]
    fn check(title: &str, body: &str, expected: &[&str]) {
        let found = unsupported_figures(title, body, "en");
        let found: Vec<&str> = found.into_iter().map(|span| &title[span]).collect();
        assert_eq!(found, expected, "{title:?} over {body:?}");
    }

    #[test]
    fn figures_that_are_nowhere() {
        check("Raid kills 28", "Eighteen people died in 2023, two of them on the 28th of May.", &["28"]);
        check("Dam to cost $3bn, says minister", "It costs $1.4 billion and takes 3 years.", &["$3bn"]);
        check("Seven arrested in Kasra", "Two were arrested, and five fled to 7th Street.", &[]);
        check("Seven arrested in Kasra", "Two were arrested, and four fled.", &["Seven"]);
        check("Raid kills 28", "At least 18 people were killed, up to 27 may be.", &["28"]);
        check("Turnout falls to 40%", "Turnout was 44 per cent, the lowest in ten years.", &["40"]);
    }

    #[test]
    fn a_ratio_is_one_figure() {
        check("Four in five homes lost in flood", "The flood took homes.", &["Four in five"]);
        check("4 out of 5 homes lost in flood", "The flood took 30 per cent of homes.", &["4 out of 5"]);
        check("Four in five homes lost in flood", "The flood took 78 per cent of homes.", &[]);
        check("Four in five homes lost in flood", "The flood took four of five homes.", &[]);
        check("Raid kills 14 in 15 days", "The raid killed people.", &["14", "15"]);
        check("One in five lost", "The flood took homes.", &["One in five"]);
        check("One in five lost", "It took 21% of homes.", &[]);
    }

    #[test]
    fn figures_that_are_borne_out() {
        check("Raid kills 28", "At least twenty-eight people were killed.", &[]);
        check("Raid kills 28", "It killed 21 men and seven children.", &[]);
        check("Dam to cost $1.4bn", "It will cost 1,387,000,000 dollars.", &[]);
        check("300 arrested", "The police arrested 298 people.", &[]);
        check("Nearly 30 dead", "28 people were killed.", &[]);
        check("More than 20 dead", "28 people were killed.", &[]);
    }

    #[test]
    fn what_is_no_figure_to_bear_out() {
        for title in [
            "The raid of 2023",
            "Two years on",
            "Four decades of aid, and all of it for a score",
            "Dams 101",
            "One in the eye",
            "Five things to know about the dam",
            "10 key takeaways",
            "Resolution 1701 and Article 5",
            "The 20th of May, 14 February and May 3",
            "Boats, a B-52 and 5G around the clock, 24/7, won 3-1",
            "Dozens flee",
            "Top 40",
            "",
            &"28 dead ".repeat(10_000),
        ] {
            check(title, "Nothing happened.", &[]);
        }
        // Whatever it is, it is read.
        let _ = unsupported_figures("1e999 and ½ and −0 and ٣٤ of it", "99e99999 1/2", "en");
    }
}
