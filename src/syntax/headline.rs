//! Figures of a headline that the text below it does not have.

use std::ops::Range;

use super::figure::{self, Figure};

/// Words right before a number that make it a name, in small letters.
#[rustfmt::skip] // One word a line is too long to read.
const LABELS: &[&str] = &[
    "article", "chapter", "part", "day", "week", "month", "year", "resolution", "no", "nr", "number", "section",
    "phase", "stage", "round", "level", "route", "highway", "flight", "boeing", "airbus", "group", "class",
    "grade", "version", "windows", "unit", "room", "page", "vol", "volume", "episode", "type", "apollo", "title",
    "session", "season", "top", "covid", "age", "aged", "turns", "turning", "step", "bill", "prop",
    "proposition", "channel", "radio", "fortune", "formula", "interstate", "terminal", "gate", "platform", "exit",
    "line", "area", "district", "ward", "zone", "sector", "camp", "pier", "studio", "model", "iphone", "galaxy",
    "android", "playstation", "xbox", "falcon", "soyuz", "agenda", "mission", "catch", "tier", "rule", "form",
    "unesco", "u", "g", "motorway", "bus", "train", "tram", "hangar", "reactor", "lot", "court", "news",
    "artikel", "kapitel", "teil", "tag", "woche", "jahr", "abschnitt", "runde", "stufe", "flug",
    "gruppe", "klasse", "zimmer", "seite", "folge", "typ", "paragraf", "alter", "schritt", "kanal", "linie",
    "gleis", "bezirk", "autobahn", "bundesstraße", "formel", "modell",
];

/// Words before "at", "over" or "under" by which the number is an age: "dies at 87", "women over
/// 40".
#[rustfmt::skip]
const AGED: &[&str] = &[
    "dies", "died", "dead", "die", "marries", "married", "born", "retires", "retired", "retire", "people", "women",
    "men", "children", "kids", "adults", "drivers", "workers", "patients", "everyone", "anyone", "those", "all",
    "voters", "girls", "boys", "girl", "boy", "life", "starb", "stirbt", "tot", "gestorben", "frauen", "männer",
    "kinder", "menschen", "alle", "leute",
];

/// Words before a number that say on which side of it the true one lies; what "nearly 40" says is
/// below, and what "over 40" says above.
const BELOW: &[&str] = &["nearly", "almost", "under", "fast", "beinahe", "knapp", "unter"];
const ABOVE: &[&str] = &["over", "über"];

/// Words in the text that say a change in per cent.
const CHANGES: &[(&str, f64)] = &[
    ("doubled", 100.0),
    ("doubling", 100.0),
    ("twice", 100.0),
    ("tripled", 200.0),
    ("trebled", 200.0),
    ("threefold", 200.0),
    ("quadrupled", 300.0),
    ("halved", 50.0),
    ("half", 50.0),
    ("third", 33.0),
    ("quarter", 25.0),
    ("verdoppelt", 100.0),
    ("verdreifacht", 200.0),
    ("halbiert", 50.0),
    ("hälfte", 50.0),
    ("drittel", 33.0),
    ("viertel", 25.0),
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
        let meant = as_meant(title, figure);
        let mut together = (2..=MOST_ADDED).flat_map(|several| known.windows(several)).filter_map(sum);
        let is_borne_out = known.iter().any(|known| meant.meets(known))
            || together.any(|sum| meant.meets(&sum))
            || figure.unit.as_deref() == Some("%") && is_change(&meant, &known, body);
        !is_borne_out
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

/// How many neighbours a headline may add up: men, women and children.
const MOST_ADDED: usize = 3;

/// The figure with the bounds that a story may bear it out within.
fn as_meant(title: &str, figure: &Figure) -> Figure {
    /// "Over 40" is not said of 400.
    const FURTHEST: f64 = 2.0;
    let before = last_word(&title[..figure.span.start]);
    let is = |list: &[&str]| list.contains(&&*before);
    let bound = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high && is(BELOW) => Some((low * (1.0 - 1.0 / FURTHEST), low)),
        (Some(low), Some(high)) if low == high && is(ABOVE) => Some((low, low * FURTHEST)),
        (Some(low), None) if !figure.about => Some((low, low * FURTHEST)),
        (None, Some(high)) if !figure.about => Some((high / FURTHEST, high)),
        _ => None,
    };
    match bound {
        Some((low, high)) if low >= 0.0 => {
            // "Nearly 40" is 36 and more, "under 40" may be less.
            let low = if figure.about && is(BELOW) { high * 0.9 } else { low };
            Figure { low: Some(low), high: Some(high), about: false, ..figure.clone() }
        }
        _ => rounded(figure),
    }
}

/// Whether a percentage is the change from one figure of the text to its neighbour, the share
/// that one is of the other, or is said in a word.
fn is_change(percentage: &Figure, known: &[Figure], body: &str) -> bool {
    let exactly = |value: f64| {
        let (low, high) = (value - 0.5, value + 0.5);
        percentage.meets(&Figure { low: Some(low), high: Some(high), about: false, ..percentage.clone() })
    };
    // "The one before it" is no figure.
    let known: Vec<&Figure> = known.iter().filter(|known| known.low.is_some_and(|low| low >= 3.0)).collect();
    // "From 20 to 30" is read as a range.
    let ranges = known.iter().filter_map(|known| Some((known.low?, known.high?)));
    let pairs = known.windows(2).filter_map(|pair| Some((pair[0].low?, pair[1].low?)));
    let by_figures = ranges.chain(pairs).any(|(one, other)| {
        one > 0.0
            && other > 0.0
            && one != other
            && [(other - one).abs() / one, (other - one).abs() / other, one.min(other) / one.max(other)]
                .into_iter()
                .any(|share| exactly(share * 100.0))
    });
    by_figures
        || body.split(|c: char| !c.is_alphabetic()).any(|word| {
            CHANGES.iter().any(|(change, value)| word.eq_ignore_ascii_case(change) && exactly(*value))
        })
}

/// The word right before the end of a text, in small letters: nothing but a space, a hyphen or
/// the full stop of "No." stands behind it.
fn last_word(before: &str) -> String {
    let trimmed = before.trim_end_matches([' ', '\u{a0}', '-', '.', '$', '€', '£']);
    trimmed.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase()
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
    let last = last_word(before);
    let is_named = LABELS.contains(&&*last) || is_age(before, &last, after);
    let mut next = after.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(3);
    let is_list = next.any(|word| {
        let word = word.to_lowercase();
        LISTED.iter().any(|listed| word.strip_prefix(listed).is_some_and(|end| end.len() < 3))
    });
    !(is_year || is_idiom || is_part || is_named || is_list && value < 101.0)
}

/// Whether it is an age, or a time of day: "dies at 87", "women over 40", "doors open at 10",
/// "stirbt mit 87".
fn is_age(before: &str, last: &str, after: &str) -> bool {
    if !["at", "over", "under", "über", "unter", "mit", "um"].contains(&last) {
        return false;
    }
    let mut words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).rev();
    let before = words.nth(1).unwrap_or_default().to_lowercase();
    let is_time = ["at", "um"].contains(&last) && {
        let next = after.trim_start();
        ["a.m", "p.m", "am", "pm", "o'clock", "o’clock", "Uhr", "noon", "sharp"]
            .iter()
            .any(|time| next.starts_with(time))
            || ["open", "opens", "start", "starts", "begins", "closes", "ends"].contains(&&*before)
    };
    is_time || AGED.contains(&&*before)
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

/// All together, of several that have bounds.
fn sum(parts: &[Figure]) -> Option<Figure> {
    let mut total = parts.first().filter(|first| first.low.is_some() && first.high.is_some())?.clone();
    for part in &parts[1..] {
        total.low = Some(total.low? + part.low?);
        total.high = Some(total.high? + part.high?);
        total.about |= part.about;
    }
    Some(total)
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
        check("Flood: 40 dead", "Thirty people died.", &["40"]);
        check("Covid: 40 dead", "Thirty people died of it.", &["40"]);
        check("Toll stands at 40", "Thirty people died.", &["40"]);
        check("Over 40 dead", "412 people died, and 39 were hurt.", &["40"]);
        check("Under 40 dead", "41 people died.", &["40"]);
        check("Nearly 40 dead", "43 people died.", &["40"]);
        check("Rents up 50%", "Rents rose from 20 to 24 crowns.", &["50"]);
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
        check("Over 40 dead", "47 people were killed.", &[]);
        check("Under 40 dead", "38 people were killed.", &[]);
        check("Nearly 40 dead", "38 people were killed.", &[]);
        check("Flood: 40 dead", "Forty people died.", &[]);
        check("Raid kills 28", "It killed 14 men, nine women and five children.", &[]);
        check("Rents up 50%", "Rents rose from 20 to 30 crowns.", &[]);
        check("Rents up 50%", "Rents rose by half.", &[]);
        check("Rents up 100%", "A flat was 20 crowns, and is 40 now.", &[]);
        check("Rents up 200%", "Rents tripled.", &[]);
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
            "Windows 11, Boeing 737, Channel 4, Route 66, Covid-19, U-21, G20 and Formula 1",
            "Writer dies at 87",
            "Doors open at 10",
            "Women over 40 march",
            "",
            &"28 dead ".repeat(10_000),
        ] {
            check(title, "Nothing happened.", &[]);
        }
        // Whatever it is, it is read.
        let _ = unsupported_figures("1e999 and ½ and −0 and ٣٤ of it", "99e99999 1/2", "en");
    }
}
