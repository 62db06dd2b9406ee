//! `grammar/SPEC.md`: every example is read as it says.

use std::fmt::Write as _;

use newsmark::data::Value;
use newsmark::syntax::{self, Article, AttributeKind, SuppressionScope};
use newsmark::text::Span;

/// One numbered example.
struct Example {
    number: usize,
    line: usize,
    input: String,
    reading: String,
}

/// The examples of the specification, in order.
fn examples(spec: &str) -> Vec<Example> {
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = spec.split_inclusive('\n').enumerate();
    while let Some((at, line)) = lines.next() {
        let Some(number) = line.trim_end().strip_prefix(&format!("{fence} example ")) else { continue };
        let number = number.parse().expect("an example has a number");
        let (mut input, mut reading, mut in_reading) = (String::new(), String::new(), false);
        for (_, line) in lines.by_ref() {
            if line.trim_end() == fence {
                break;
            }
            match (in_reading, line) {
                (false, ".\n") => in_reading = true,
                (false, _) => input.push_str(line),
                (true, _) => reading.push_str(line),
            }
        }
        let reading = visible_to_real(&reading);
        examples.push(Example { number, line: at + 1, input: visible_to_real(&input), reading });
    }
    examples
}

/// The signs that the specification writes for characters that do not show.
fn visible_to_real(input: &str) -> String {
    let mut real = input
        .replace('␍', "\r")
        .replace('→', "\t")
        .replace('␣', " ")
        .replace('⍽', "\u{a0}")
        .replace('␀', "\0")
        .replace("⟦BOM⟧", "\u{feff}");
    while let Some(at) = real.find("⟦U+") {
        let to = at + real[at..].find('⟧').expect("a character's number is closed");
        let code = u32::from_str_radix(&real[at + "⟦U+".len()..to], 16).expect("a number in hexadecimal");
        let c = char::from_u32(code).expect("a character");
        real.replace_range(at..to + '⟧'.len_utf8(), &c.to_string());
    }
    real
}

/// What is read from `text`, a line each.
fn reading(text: &str) -> String {
    let article = syntax::parse(text);
    let known = known_keys(text, &article);
    let belongings = syntax::belongings(&article, "en");
    let mut lines: Vec<(u32, u8, std::cmp::Reverse<u32>, String)> = Vec::new();
    for (index, claim) in article.claims() {
        let mut line = format!("claim {}", quoted(article.clean_text(claim)));
        for (_, class) in claim.attributes.classes() {
            let _ = write!(line, " .{class}");
        }
        if let Some(id) = article.id_of(claim) {
            let _ = write!(line, " #{id}");
        }
        for (at, item) in claim.attributes.items.iter().enumerate() {
            let key = item.name.of(text);
            let later = claim.attributes.items[at + 1..].iter().any(|later| later.name.of(text) == key);
            if item.kind == AttributeKind::Pair && !later {
                let _ = write!(line, " {key}={}", quoted(&item.text));
            }
        }
        let cited = belongings.citations_of(&article, index, |citation| {
            known.contains(&article.citations[citation].items[0].key.of(text).to_owned())
        });
        let mut keys: Vec<&str> = Vec::new();
        for item in cited.iter().flat_map(|&citation| &article.citations[citation].items) {
            if !keys.contains(&item.key.of(text)) {
                keys.push(item.key.of(text));
            }
        }
        for key in keys {
            let _ = write!(line, " @{key}");
        }
        lines.push((claim.span.start, 0, std::cmp::Reverse(claim.span.end), line));
    }
    for citation in &article.citations {
        let mut line = String::from(if citation.bare { "bare" } else { "cite" });
        for item in &citation.items {
            let _ = write!(line, " @{}", item.key.of(text));
        }
        lines.push((citation.span.start, 1, std::cmp::Reverse(citation.span.end), line));
    }
    for mention in &article.mentions {
        let mut line = format!("mention {}", quoted(mention.target.of(text)));
        if let Some(shown) = article.shown_text(mention) {
            let _ = write!(line, " | {}", quoted(shown));
        }
        lines.push((mention.span.start, 2, std::cmp::Reverse(mention.span.end), line));
    }
    lines.sort();
    let mut out: String = lines.into_iter().map(|(.., line)| line + "\n").collect();
    for (span, rule) in problems(text, &article) {
        let _ = writeln!(out, "problem {rule} {}", quoted(span.of(text)));
    }
    out
}

/// The problems that no comment suppresses, with their rules, in order.
fn problems(text: &str, article: &Article) -> Vec<(Span, &'static str)> {
    let mut problems: Vec<_> =
        article.problems.iter().map(|problem| (problem.span, problem.kind.rule())).collect();
    if let Some(block) = &article.front_matter {
        let front_matter = syntax::front_matter::read(text, block);
        problems.extend(front_matter.problems.iter().map(|problem| (problem.span, "invalid-front-matter")));
        problems.extend(front_matter.invalid_dates.iter().map(|problem| (problem.span, "invalid-date")));
    }
    problems.retain(|&(span, rule)| {
        !article.suppressions.iter().any(|suppression| {
            let covers = match suppression.scope {
                SuppressionScope::File => true,
                SuppressionScope::Within(scope) => scope.contains(span),
                SuppressionScope::Nothing => false,
            };
            covers && suppression.rules.iter().any(|name| name.of(text) == rule)
        })
    });
    problems.sort_by_key(|(span, _)| span.start);
    problems
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The keys that the article's own `references` list.
fn known_keys(text: &str, article: &Article) -> Vec<String> {
    let Some(block) = &article.front_matter else { return Vec::new() };
    let front_matter = newsmark::data::yaml::parse(text, block.content);
    let Some(references) = front_matter.root.as_ref().and_then(|node| node.get("references")) else {
        return Vec::new();
    };
    let Value::Sequence(items) = &references.value else { return Vec::new() };
    items.iter().filter_map(|item| item.get("id")?.as_str().map(str::to_owned)).collect()
}

#[test]
fn every_example_is_read_as_the_specification_says() {
    let spec = std::fs::read_to_string("grammar/SPEC.md").expect("the specification is there");
    let examples = examples(&spec);
    assert!(examples.len() >= 150, "the specification has {} examples", examples.len());
    let mut wrong = String::new();
    let mut count = 0;
    for (at, example) in examples.iter().enumerate() {
        assert_eq!(example.number, at + 1, "the examples are numbered in order (line {})", example.line);
        let got = reading(&example.input);
        if got != example.reading {
            count += 1;
            let _ = writeln!(
                wrong,
                "example {} (line {})\n{}--- the specification says\n{}--- it is read as\n{got}",
                example.number, example.line, example.input, example.reading
            );
        }
    }
    assert!(wrong.is_empty(), "{count} of {} examples are read otherwise\n\n{wrong}", examples.len());
}
