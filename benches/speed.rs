//! How fast newsmark reads. `cargo bench` prints bytes a second; figures on shared
//! machines are noisy, so compare within one run.

use std::sync::Arc;
use std::time::Instant;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use newsmark::config::Config;
use newsmark::corpus::{Change, Corpus};
use newsmark::diagnostic::FilePath;
use newsmark::lint::{self, FileRole};

fn main() {
    divan::main();
    if std::env::args().any(|argument| argument == "--bench") {
        print_ratio();
    }
}

/// Bytes a second over 10 MB of news by those over 1 KB: near 1 where time is linear, and
/// what falls far below it has to be looked at.
#[expect(clippy::print_stdout, reason = "a benchmark prints what it measures")]
fn print_ratio() {
    let speed = |bytes: usize| {
        let text = news(bytes);
        let times = 10_000_000 / text.len();
        let start = Instant::now();
        for _ in 0..times.max(1) {
            black_box(judge(black_box(&text)));
        }
        (times.max(1) * text.len()) as f64 / start.elapsed().as_secs_f64()
    };
    let (small, large) = (speed(1_000), speed(10_000_000));
    println!("judging news: 10 MB at {:.2} of the bytes a second of 1 KB", large / small);
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

/// The whole path of one article: what is read from it, and what its rules find.
fn judge(text: &str) -> usize {
    let path: FilePath = Arc::from("2026/a.md");
    let config = Config::parse("").expect("an empty configuration is right");
    let mut corpus = Corpus::new(std::iter::empty());
    let facts = lint::read(&path, text, FileRole::Article);
    corpus.apply(vec![Change::Put(Box::new(facts))]);
    let id = corpus.at_path(&path).expect("it was put there");
    let facts = corpus.file(id).expect("it was put there");
    let options = config.options();
    lint::file(&corpus, facts, &config.settings_for(&path), &options).len()
}

#[divan::bench(args = [1_000, 100_000, 10_000_000], max_time = 5)]
fn judge_news(bencher: Bencher, bytes: usize) {
    let text = news(bytes);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| judge(black_box(&text)));
}

/// The shapes that rules look at, not only the parser.
const JUDGED: &[&str] = &[
    "bare keys",
    "groups",
    "claims",
    "nested claims",
    "cited claims",
    "wiki links",
    "divs",
    "quotation marks",
    "suppressed lines",
    "rows",
    "footnote references",
    "links",
    "headings",
    "ids",
    "front matter",
];

fn judged_cases() -> impl Iterator<Item = String> {
    let sizes = || [1_000, 100_000, 10_000_000].into_iter();
    JUDGED.iter().flat_map(move |name| sizes().map(move |bytes| format!("{name}, {bytes}")))
}

#[divan::bench(args = judged_cases(), max_time = 2)]
fn judge_shape(bencher: Bencher, case: &str) {
    let (name, bytes) = case.split_once(", ").expect("a case names a shape and a size");
    let text = shape(name, bytes.parse().expect("a size is a number"));
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| judge(black_box(&text)));
}

/// The Markdown parser alone: what a parse can never be faster than.
#[divan::bench(args = [10_000, 1_000_000])]
fn markdown_alone(bencher: Bencher, bytes: usize) {
    let text = news(bytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| pulldown_cmark::Parser::new(black_box(&text)).into_offset_iter().count());
}

/// A text that makes a careless parser quadratic.
struct Shape {
    name: &'static str,
    /// What it begins with.
    head: &'static str,
    /// What is repeated.
    unit: &'static str,
    /// What is repeated as often after all that.
    close: &'static str,
}

/// A unit that is repeated to the end.
const fn flat(name: &'static str, unit: &'static str) -> Shape {
    Shape { name, head: "", unit, close: "" }
}

/// Units that stand in each other.
const fn nested(name: &'static str, unit: &'static str, close: &'static str) -> Shape {
    Shape { name, head: "", unit, close }
}

/// The bytes a second of each must not fall from 1 KB to 10 MB.
const SHAPES: &[Shape] = &[
    flat("open brackets", "["),
    flat("closed brackets", "]"),
    nested("nested brackets", "[", "]"),
    flat("at signs", "@"),
    flat("bare keys", "@a "),
    flat("groups", "[@a]"),
    flat("open groups", "[@a]["),
    flat("claims", "[x]{.claim}"),
    flat("open claims", "[x "),
    flat("figures", "[28]{.figure what=a event=b} "),
    nested("nested figures", "[28 ", "]{.figure what=a event=b}"),
    flat("conversions", "88 kilometres (35 miles) "),
    nested("nested claims", "[x ", "]{.claim}"),
    flat("cited claims", "[x]{.claim} [@a], "),
    flat("attribute starts", "[]{a="),
    flat("attribute lists", "[]{a=]{x "),
    flat("quoted attributes", "[]{a=\"]{b='"),
    flat("wiki links", "[[a|b]]"),
    flat("open wiki links", "[[a|"),
    nested("nested wiki links", "[[a|", "]]"),
    flat("citations in citations", "[@a "),
    nested("nested groups", "[@a ", "]"),
    flat("semicolons", "[@a;"),
    flat("block quotes", "> "),
    flat("quoted lines", "> a\n"),
    flat("quotes and lists", "> - "),
    flat("lines of quotes and lists", "> > - a\n"),
    flat("fences", "::: {.claim}\n\n"),
    nested("nested divs", "::: {.claim}\n", ":::\n"),
    flat("divs", "::: {.claim}\na\n:::\n\n"),
    flat("list items", "- "),
    flat("items", "- [x]{.claim}\n"),
    flat("emphasis", "*a _b "),
    nested("nested emphasis", "*a ", "*"),
    flat("emphasis over claims", "*[x* y]{.claim} "),
    flat("quotation marks", "\"a b c d e. "),
    flat("double spaces", "a  b  "),
    flat("astral letters", "𝄞[𝄞]{.claim} "),
    flat("comments", "<!-- "),
    flat("suppressions", "<!-- newsmark-ignore x -->\n\na\n\n"),
    flat("suppressed lines", "a <!-- newsmark-ignore x --> "),
    flat("backticks", "`a "),
    flat("pipes", "|a"),
    Shape { name: "rows", head: "| a | b |\n|---|---|\n", unit: "| [x]{.claim} | [@a] |\n", close: "" },
    flat("footnotes", "[^1]"),
    flat("footnote definitions", "[^1]: [@a]\n\n"),
    Shape { name: "footnote references", head: "[^1]: [@a]\n\n", unit: "[x]{.claim}[^1] ", close: "" },
    flat("link definitions", "[a]: b\n\n"),
    Shape { name: "links by label", head: "[a]: b\n\n", unit: "[a][] [x][a]", close: "" },
    flat("links", "[a](b \"c\")"),
    flat("adjacent groups", "[@a](b"),
    nested("groups in parentheses", "[@a](", ")"),
    flat("loose attributes", "{.claim by=x "),
    flat("misplaced attributes", "x {.claim by=y} "),
    flat("malformed attributes", "[x]{.claim by=“a b” "),
    flat("headings", "# a {.claim}\n\n"),
    flat("headings with groups", "# a [@a]\n\n"),
    flat("ids", "[x]{.claim #a}"),
    flat("references", "&amp;"),
    flat("escapes", "\\["),
    flat("math", "$a "),
    flat("tags", "<a b='"),
    flat("addresses", "https://a@"),
    Shape { name: "front matter", head: "---\na: b\n", unit: "a: b\n", close: "" },
    flat("lone returns", "a\r"),
    flat("NUL", "\0"),
];

fn shape(name: &str, bytes: usize) -> String {
    let Shape { head, unit, close, .. } =
        SHAPES.iter().find(|shape| shape.name == name).expect("the shape is in the list");
    let times = bytes / (unit.len() + close.len()) + 1;
    format!("{head}{}{}", unit.repeat(times), close.repeat(times))
}

fn cases() -> impl Iterator<Item = String> {
    SHAPES.iter().flat_map(|shape| {
        [1_000, 100_000, 10_000_000].into_iter().map(move |bytes| format!("{}, {bytes}", shape.name))
    })
}

#[divan::bench(args = cases(), max_time = 2)]
fn parse_shape(bencher: Bencher, case: &str) {
    let (name, bytes) = case.split_once(", ").expect("a case names a shape and a size");
    let text = shape(name, bytes.parse().expect("a size is a number"));
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| newsmark::syntax::parse(black_box(&text)));
}

/// What belongs to which claim, on top of a parse.
#[divan::bench(args = cases(), max_time = 1)]
fn belong_shape(bencher: Bencher, case: &str) {
    let (name, bytes) = case.split_once(", ").expect("a case names a shape and a size");
    let text = shape(name, bytes.parse().expect("a size is a number"));
    let article = newsmark::syntax::parse(&text);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| newsmark::syntax::belongings(black_box(&article), "en"));
}

/// What is known of something that 2,500 articles name, cite or refer to: the most that a
/// newsroom's busiest names have. The budget of a hover is a millisecond.
#[divan::bench(args = ["[[kasra]]", "@wire", "a-0#zone"])]
fn hover_with_2500_users(bencher: Bencher, word: &str) {
    let mut corpus = Corpus::new(std::iter::empty());
    let read =
        |path: &str, text: &str, role| Change::Put(Box::new(lint::read(&FilePath::from(path), text, role)));
    let text = |number: usize| {
        format!(
            "---\ntitle: A story\ndate: 2026-03-{:02}\n---\n\n[[kasra]] and [[Valley]], [x]{{.claim #zone}}[@wire]. \
             [y]{{.response by=kasra answers=a-0#zone}}\n",
            number % 28 + 1
        )
    };
    let articles = (0..2500)
        .map(|number| read(&format!("2026/03/a-{number}.md"), &text(number), FileRole::Article))
        .collect::<Vec<Change>>();
    corpus.apply(articles);
    corpus.apply([
        read("entities.yaml", "- {id: kasra, aliases: [Valley, the valley]}\n", FileRole::Entities),
        read("sources.yaml", "- {id: wire, type: report, title: A report}\n", FileRole::Sources),
    ]);
    let file = corpus.at_path("2026/03/a-1.md").and_then(|id| corpus.file(id)).expect("the article is there");
    let (text, config) = (text(1), newsmark::config::Config::default());
    let offset = text.find(word).expect("the word is in the text") + 3;
    let hover = |offset| newsmark::features::hover(&corpus, &config, file, &text, offset);
    assert!(hover(offset).is_some());
    bencher.bench_local(|| hover(black_box(offset)));
}

/// What can be typed among 20,000 sources, 3,000 entities and 20,000 articles. The budget is two
/// milliseconds.
#[divan::bench(args = ["[@", "[@w", "[@wire-1", "[@1999", "[@xq", "[@report of", "[[", "[[na", "[[kas 29", "by="])]
fn completion_among_many(bencher: Bencher, typed: &str) {
    let mut corpus = Corpus::new(std::iter::empty());
    let read =
        |path: &str, text: &str, role| Change::Put(Box::new(lint::read(&FilePath::from(path), text, role)));
    let sources: String = (0..20_000)
        .map(|number| {
            format!("- {{id: wire-{number}, type: report, title: Report {number} of the northern desk}}\n")
        })
        .collect();
    let entities: String = (0..3_000)
        .map(|number| {
            format!(
                "- {{id: kasra-{number}, type: person, name: Kasra Nadir {number}, aliases: [N. {number}]}}\n"
            )
        })
        .collect();
    corpus.fill((0..20_000).map(|number| {
        let text = format!("[[kasra-{}]] [x]{{.claim}}[@wire-{}]\n", number % 3_000, number % 20_000);
        read(&format!("2026/03/story-{number}.md"), &text, FileRole::Article)
    }));
    let text = match typed {
        "by=" => "[x]{.claim by=".to_owned(),
        _ => typed.to_owned(),
    };
    corpus.fill([
        read("sources.yaml", &sources, FileRole::Sources),
        read("entities.yaml", &entities, FileRole::Entities),
        read("a.md", &text, FileRole::Article),
    ]);
    let file = corpus.at_path("a.md").and_then(|id| corpus.file(id)).expect("the article is there");
    let complete = || newsmark::features::completion(&corpus, file, black_box(&text), text.len(), None);
    // The lists are laid out when they are first asked for.
    black_box(complete());
    bencher.bench_local(complete);
}
