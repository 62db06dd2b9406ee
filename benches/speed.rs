//! How fast newsmark reads. `cargo bench` prints bytes a second; figures on shared
//! machines are noisy, so compare within one run.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// News text as desks annotate it: about one claim, one mention and one citation in
/// 500 bytes.
fn news(bytes: usize) -> String {
    const PARAGRAPHS: &[&str] = &[
        "[[northland-mod|Northland's defence ministry]] said on Wednesday that [the alliance's base at [[kasra]] \
         \"forbids any approach within 55 kilometres\"]{.quote .accusation by=northland-mod against=alliance reply=declined} \
         [@nmod-0311]. Officials in the valley gave no details of how the zone is drawn, and drivers who use the \
         road said that they had not been told where it begins.",
        "Residents of the old town, who have lived for years between two fronts, described a night of shelling that \
         ended shortly before dawn. Most of them had gone to the cellars when the first rounds fell. The market was \
         open again by noon, and traders said that prices had not changed.",
        "The council met for the third time this month without a vote. Its chair said the members would return on \
         Monday; two of them told reporters that they would not. According to the minutes, which were seen by this \
         newspaper, the question of the road was not put at all.",
        "[A raid on 14 February killed [28]{.figure what=killed} people, [seven]{.figure what=killed-children \
         subset-of=killed} of them children]{.claim event=harbour-raid} [@monitor-0801; @hospital-list, p. 3]. The \
         hospital's list, which was drawn up in the days after, does not say where the wounded were found.",
        "Grain has come over the pass since the spring, in lorries that wait for hours at each of the four posts. \
         Nobody keeps a count of them. A customs officer who has worked there since the war began said that there \
         were *fewer than before*, and that most were half empty when they came down into the plain.",
    ];
    let mut text = String::from("---\ntitle: A story\ndate: 2026-03-11\nauthor: Desk\n---\n\n");
    while text.len() < bytes {
        for paragraph in PARAGRAPHS {
            text.push_str(paragraph);
            text.push_str("\n\n");
        }
    }
    text
}

#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000, 10_000_000])]
fn parse_news(bencher: Bencher, bytes: usize) {
    let text = news(bytes);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| newsmark::syntax::parse(black_box(&text)));
}

/// The Markdown parser alone: what a parse can never be faster than.
#[divan::bench(args = [10_000, 1_000_000])]
fn markdown_alone(bencher: Bencher, bytes: usize) {
    let text = news(bytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| pulldown_cmark::Parser::new(black_box(&text)).into_offset_iter().count());
}

/// Shapes that make careless parsers quadratic. The bytes a second of each must not
/// fall from 1 KB to 10 MB.
const SHAPES: &[(&str, &str)] = &[
    ("open brackets", "["),
    ("closed brackets", "]"),
    ("at signs", "@"),
    ("bare keys", "@a "),
    ("groups", "[@a]"),
    ("claims", "[x]{.claim}"),
    ("nested claims", "[x "),
    ("attribute starts", "[]{a="),
    ("attribute lists", "[]{a=]{x "),
    ("quoted attributes", "[]{a=\"]{b='"),
    ("wiki links", "[[a|b]]"),
    ("open wiki links", "[[a|"),
    ("citations in citations", "[@a "),
    ("semicolons", "[@a;"),
    ("block quotes", "> "),
    ("fences", "::: {.claim}\n\n"),
    ("list items", "- "),
    ("emphasis", "*a _b "),
    ("quotation marks", "\"a b c d e. "),
    ("double spaces", "a  b  "),
    ("astral letters", "𝄞[𝄞]{.claim} "),
    ("comments", "<!-- "),
    ("backticks", "`a "),
    ("pipes", "|a"),
    ("footnotes", "[^1]"),
    ("adjacent groups", "[@a](b"),
    ("loose attributes", "{.claim by=x "),
    ("malformed attributes", "[x]{.claim by=“a b” "),
];

fn shape(name: &str, bytes: usize) -> String {
    let unit = SHAPES.iter().find(|(known, _)| *known == name).expect("the shape is in the list").1;
    unit.repeat(bytes / unit.len() + 1)
}

fn cases() -> impl Iterator<Item = String> {
    SHAPES.iter().flat_map(|(name, _)| {
        [1_000, 100_000, 10_000_000].into_iter().map(move |bytes| format!("{name}, {bytes}"))
    })
}

#[divan::bench(args = cases(), max_time = 2)]
fn parse_shape(bencher: Bencher, case: &str) {
    let (name, bytes) = case.split_once(", ").expect("a case names a shape and a size");
    let text = shape(name, bytes.parse().expect("a size is a number"));
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| newsmark::syntax::parse(black_box(&text)));
}
