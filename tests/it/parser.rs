//! The parser takes whatever it is given: no text makes it panic, and every part of
//! what it returns stands where it says.

use newsmark::syntax::{
    self, Annotation, Article, Attribute, AttributeKind, Attributes, Block, Carrier, Citation, Mention,
};
use newsmark::text::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces of markup, whole and broken, and the characters that trip up byte counting.
const PIECES: &[&str] = &[
    // Brackets, braces and what goes into them.
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    "[[",
    "]]",
    "](",
    "![",
    "|",
    "{.claim}",
    "{.claim by=x}",
    "{.quote #a",
    "{.figure\nwhat=\"a b\"}",
    "{by='x}",
    "{- .claim}",
    "{#a .claim on=2026-02-30}",
    "{.claim, by=“a b”}",
    "[x]{.claim}",
    "[x][^1]",
    "[^1]",
    "[^1]: ",
    "[x]: u\n",
    "[x](u)",
    "![x](u){.claim}",
    // Citations and mentions.
    "@",
    "@a",
    "-@b.",
    "@{c d}",
    "@{https://e.org/[a]}",
    "[@a]",
    "[@a; @b]",
    "[see @a, p. 3",
    ";",
    ", p. 3",
    "[[x|y]]",
    "[[x]]",
    "@a [[x]]",
    "[@a][@b]",
    "(p. 2)",
    "https://e.org/@a",
    "www.",
    // Attributes in pieces.
    ".claim",
    "#id",
    "by=",
    "=",
    "\"",
    "'",
    ",",
    " as=\"a\\\"b &amp; c\"",
    // Blocks.
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "> ",
    ">",
    "- ",
    "1. ",
    "# ",
    "## ",
    "\n===\n",
    "\n---\n",
    "---\n",
    "...\n",
    "title: x\n",
    "    ",
    "```\n",
    "::: {.claim}\n",
    "::: {by=x\n on=y}\n",
    "::: quote\n",
    ":::",
    "\n:::\n",
    "| a | b |\n",
    "|---|---|\n",
    "|\n",
    "- [ ] ",
    "<div>\n",
    // Inline Markdown.
    "`",
    "``",
    "*",
    "_",
    "**",
    "~~",
    "~",
    "$",
    "$$",
    "\\",
    "\\[",
    "\\\n",
    "<b>",
    "</b>",
    "<",
    "<!--",
    "-->",
    "<!-- newsmark-ignore empty-claim: x -->",
    "<https://e.org>",
    "&amp;",
    "&nbsp;",
    "&#91;",
    "!",
    ":",
    // Text.
    "a",
    "word ",
    " ",
    "  ",
    "\t",
    ".",
    "? ",
    "“",
    "”",
    "é",
    "e\u{301}",
    "𝄞",
    "中",
    "\u{a0}",
    "\u{2003}",
    "\u{200b}",
    "\u{feff}",
    "\0",
];

fn markup() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// The same, with front matter, a table or a div around it, so that more of it is
/// read as something.
pub(crate) fn articles() -> impl Strategy<Value = String> {
    const FRAMES: &[(&str, &str)] = &[
        ("---\ntitle: x\n---\n\n", ""),
        ("\u{feff}---\r\ntitle: x\r\n---\r\n", "\r\n"),
        ("| a | b |\n| - | - |\n| ", " | x |\n"),
        ("::: {.claim by=x}\n", "\n:::\n"),
        ("> ", "\n> [y]{.quote}"),
        ("[", "]{.claim}[@a]."),
        ("# ", " {.claim}\n"),
        ("[^1]: ", "\n\nx[^1]"),
    ];
    (select(FRAMES), markup()).prop_map(|((before, after), inner)| format!("{before}{inner}{after}"))
}

/// Claims, divs and pictures with attributes in any order and quotation.
pub(crate) fn attributes() -> impl Strategy<Value = String> {
    const ITEMS: &[&str] = &[
        ".claim",
        ".quote",
        ".wide",
        "-",
        "#a",
        "#b",
        "id=c",
        "id=\"d e\"",
        "class=figure",
        "class='wide claim'",
        "class=\"a.b\"",
        "by=x",
        "by='x'",
        "by=\"x y\"",
        "by='a \"b\" c'",
        "by=it's",
        "by=\"\"",
        "by=",
        "by=a\\ b",
        "by=a\\}",
        "by=a&amp;b",
        "by='a&amp;b'",
        "by=“x”",
        "by=x,",
        "by='x\n y'",
        "on=2026",
        "on='2026'",
        "x=1",
        "x='1'",
        "value='1,200'",
        "as='a|b'",
        "as=a\\|b",
        "as='[x] @y'",
        "as=`",
        "as='*'",
        "as=a_b_",
        "as=<!--",
        "as='-->'",
        "via=\"@a\"",
        "answers=\"#a\"",
        "place=é",
        "place='e\u{301}'",
        "credit=\"a\u{a0}b\"",
        "as='\\\\'",
        "as=\\",
    ];
    const GAPS: &[&str] = &[" ", "  ", "\t", "\n", "\r\n", "\n> ", "\n  ", ""];
    const FRAMES: &[(&str, &str)] = &[
        ("[a]{", "}"),
        ("# A {", "}\n"),
        ("\n\n::: {", "}\nx\n:::\n"),
        ("![a](b){", "} "),
        ("> [a]{", "}\n"),
        ("\n\n| a | b |\n|-|-|\n| [a]{", "} | b |\n\n"),
        ("*[a", "]{.claim}*"),
        ("- [a]{", "}\n- "),
        ("[@a]", "[@b]"),
        ("\na | [b]{", "}\n|-|-|\n"),
    ];
    let block = vec((select(GAPS), select(ITEMS)), 0..6)
        .prop_map(|items| items.into_iter().map(|(gap, item)| format!("{gap}{item}")).collect::<String>());
    let part = (select(FRAMES), block).prop_map(|((before, after), block)| format!("{before}{block}{after}"));
    vec(part, 1..4).prop_map(|parts| parts.concat())
}

pub(crate) fn anything() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..120).prop_map(String::from_iter)
}

proptest! {
    // Regressions are written down below, in words.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in anything()) {
        check(&text);
    }

    #[test]
    fn any_markup_is_read(text in markup()) {
        check(&text);
    }

    #[test]
    fn any_article_is_read(text in articles()) {
        check(&text);
    }
}

#[test]
fn what_once_went_wrong() {
    for text in [
        // A comment that ends where it begins.
        "<!-- newsmark-ignore empty-claim: x --><!--> ",
        // A heading that shows nothing, in a div.
        "a\n\n::: {.claim}\n# {.quote #a}\n\nb\n:::\n",
        // Attributes on a task, which is a heading at the same time.
        "- [ ] ::: {.claim}\n  =\n",
        // Fences in the cells of a table.
        "[|[\n|---|---|\n:::[[x|y]][x]{.claim}\n:::\n {.claim}\n",
        // A fence's word that stands for another class between braces.
        ":::- \n:::\n",
        // The brackets that the Markdown parser leaves out of a link.
        "[x]: u\n\n[x][]",
        // An escape before all else.
        "\\\\[x]{.claim}",
    ] {
        check(text);
    }
}

#[test]
fn hostile_texts_are_read() {
    let line = "[The road]{.claim} is [[closed|shut]], said @desk [@wire, p. 2]. ";
    let group = format!("[{}@last, p. 3]", "@a, p. 2; ".repeat(10_000));
    for text in [
        "[".repeat(100_000),
        "]".repeat(100_000),
        "[".repeat(100_000) + &"]".repeat(100_000),
        "[x ".repeat(20_000) + &"]{.claim}".repeat(20_000),
        "[[a|".repeat(50_000) + &"]]".repeat(50_000),
        "[@a](".repeat(50_000) + &")".repeat(50_000),
        "> ".repeat(100_000),
        "> - ".repeat(50_000),
        "::: {.claim}\n".repeat(20_000) + &":::\n".repeat(20_000),
        "[]{a=".repeat(50_000),
        "{.claim by=\"".repeat(20_000),
        line.repeat(5_000_000 / line.len()),
        group.clone(),
    ] {
        let article = syntax::parse(&text);
        let _ = syntax::belongings(&article, "en");
    }
    assert_eq!(syntax::parse(&group).citations[0].items.len(), 10_001);
}

/// Parses `text` and checks every part of what comes of it.
#[track_caller]
fn check(text: &str) {
    let article = syntax::parse(text);
    let checker = Checker { text, article: &article };
    checker.blocks();
    checker.annotations();
    checker.citations();
    checker.mentions();
    checker.links_and_headings();
    checker.problems();
    checker.plain();
    checker.belongings();
}

struct Checker<'a> {
    text: &'a str,
    article: &'a Article,
}

impl Checker<'_> {
    #[track_caller]
    fn valid(&self, span: Span) {
        assert!(
            span.start <= span.end && self.text.get(span.range()).is_some(),
            "{span:?} is no stretch of the text"
        );
    }

    #[track_caller]
    fn inside(&self, inner: Span, outer: Span) {
        self.valid(inner);
        self.valid(outer);
        assert!(outer.contains(inner), "{inner:?} is not in {outer:?}");
    }

    #[track_caller]
    fn sits(&self, span: Span, starts: &str, ends: &str) {
        self.valid(span);
        let words = span.of(self.text);
        assert!(words.len() >= starts.len() + ends.len(), "{words:?} is no `{starts}…{ends}`");
        assert!(words.starts_with(starts) && words.ends_with(ends), "{words:?} is no `{starts}…{ends}`");
    }

    #[track_caller]
    fn in_a_block(&self, span: Span) {
        let after = self.article.blocks.partition_point(|block| block.span.start <= span.start);
        let block: Option<&Block> = after.checked_sub(1).map(|index| &self.article.blocks[index]);
        assert!(block.is_some_and(|block| block.span.contains(span)), "{span:?} is in no block");
    }

    fn blocks(&self) {
        let Article { blocks, plain, footnotes, front_matter, .. } = self.article;
        let body = front_matter.as_ref().map_or(0, |front_matter| {
            self.inside(front_matter.content, front_matter.span);
            front_matter.span.end
        });
        let (mut end, mut plain_end) = (body, 0);
        for block in blocks {
            self.valid(block.span);
            assert!(block.span.start >= end, "{block:?} begins before the one before it ends");
            assert!(block.plain.start >= plain_end && block.plain.end() <= plain.text.len(), "{block:?}");
            assert!(plain.text.get(block.plain.range()).is_some(), "{block:?}");
            assert!(block.footnote.is_none_or(|number| (number as usize) < footnotes.len()), "{block:?}");
            (end, plain_end) = (block.span.end, block.plain.end);
        }
        for footnote in footnotes {
            self.valid(footnote.span);
        }
        for &(span, number) in &self.article.footnote_references {
            self.sits(span, "[^", "]");
            assert!(number < footnotes.len());
        }
        assert!(self.article.footnote_references.is_sorted_by_key(|(span, _)| span.start));
    }

    fn annotations(&self) {
        let annotations = &self.article.annotations;
        let mut around: Vec<usize> = Vec::new();
        for (index, annotation) in annotations.iter().enumerate() {
            let Annotation { span, content, attributes, text, parent, block, .. } = annotation;
            self.inside(*content, *span);
            self.inside(attributes.span, *span);
            self.attributes(attributes, annotation.carrier == Carrier::Div);
            self.carrier(annotation);
            assert!(self.article.plain.text.get(text.range()).is_some(), "{annotation:?}");
            if let Some(block) = block.map(|block| &self.article.blocks[block]) {
                self.inside(*content, block.span);
                assert!(block.plain.contains(*text), "{annotation:?} shows what its block does not");
            }
            while around.last().is_some_and(|&outer| annotations[outer].span.end <= span.start) {
                around.pop();
            }
            let outer = around.last().copied();
            if let Some(outer) = outer.map(|outer| &annotations[outer]) {
                self.inside(*span, outer.content);
                assert!(outer.text.contains(*text), "{annotation:?} shows more than {outer:?}");
            }
            assert_eq!(*parent, outer, "{annotation:?}");
            assert_eq!(annotation.block.is_none(), annotation.carrier == Carrier::Div);
            around.push(index);
            assert!(self.article.id_of(annotation).is_none_or(|id| !id.contains('\n')));
            let clean = self.article.clean_text(annotation);
            assert!(!clean.contains("  ") && !clean.contains('\n'), "{clean:?}");
        }
    }

    fn carrier(&self, annotation: &Annotation) {
        let Annotation { span, content, attributes, .. } = annotation;
        match annotation.carrier {
            Carrier::Span => {
                self.sits(*span, "[", "}");
                self.sits(Span::new(span.start(), attributes.span.start()), "[", "]");
                assert_eq!((content.start, content.end + 1), (span.start + 1, attributes.span.start));
                assert_eq!(attributes.span.end, span.end);
            }
            Carrier::Image => {
                self.sits(*span, "![", "}");
                assert_eq!(content.start, span.start + 2);
                assert!(self.text[content.end()..].starts_with(']'));
                assert_eq!(attributes.span.end, span.end);
            }
            Carrier::Heading => {
                assert_eq!(attributes.span.end, span.end);
                assert!(content.end <= attributes.span.start);
            }
            Carrier::Div => {
                self.sits(*span, ":::", ":::");
                assert!(attributes.span.end <= content.start);
            }
        }
    }

    fn attributes(&self, attributes: &Attributes, may_be_word: bool) {
        if !(may_be_word && attributes.items.len() == 1 && attributes.items[0].span == attributes.span) {
            self.sits(attributes.span, "{", "}");
        }
        let mut end = attributes.span.start;
        for item in &attributes.items {
            let Attribute { span, name, value, text, kind } = item;
            self.inside(*span, attributes.span);
            assert!(span.start >= end, "{item:?} begins before the one before it ends");
            end = span.end;
            self.inside(*name, *span);
            assert!(!name.is_empty());
            let Some(value) = value else {
                let written = span.of(self.text);
                match kind {
                    _ if span == name => {
                        let is_word = may_be_word && &**text == written;
                        assert!(is_word || (written == "-" && &**text == "unnumbered"), "{item:?}");
                    }
                    AttributeKind::Id => assert_eq!(written, format!("#{text}")),
                    AttributeKind::Class => assert_eq!(written, format!(".{text}")),
                    AttributeKind::Pair => panic!("{item:?} has no value"),
                }
                continue;
            };
            self.inside(*value, *span);
            let raw = value.of(self.text);
            let between = &self.text[name.end()..value.start()];
            match between {
                "=" => assert_eq!(value.end, span.end),
                "=\"" | "='" => assert_eq!(value.end + 1, span.end),
                _ => panic!("{item:?} has no value"),
            }
            if !raw.contains(['\\', '&', '\n', '\r']) {
                assert_eq!(&**text, raw);
            }
        }
    }

    fn citations(&self) {
        let mut end = 0;
        for citation in &self.article.citations {
            let Citation { span, bare, items } = citation;
            self.in_a_block(*span);
            assert!(span.start >= end, "{citation:?} begins before the one before it ends");
            end = span.end;
            assert!(!items.is_empty());
            if !bare {
                self.sits(*span, "[", "]");
            }
            for item in items {
                self.inside(item.span, *span);
                self.inside(item.key, item.span);
                self.inside(item.prefix, *span);
                assert_eq!(item.prefix.end, item.span.start);
                self.in_a_block(item.suffix);
                assert!(item.suffix.start >= item.span.end);
                assert!(*bare || span.contains(item.suffix));
                if let Some(locator) = item.locator {
                    self.inside(locator, item.suffix);
                }
                let written = item.span.of(self.text);
                let unsigned = written.strip_prefix('-').unwrap_or(written);
                let key = item.key.of(self.text);
                assert!(!key.is_empty() && !key.contains(char::is_whitespace));
                assert!(unsigned == format!("@{key}") || unsigned == format!("@{{{key}}}"), "{citation:?}");
            }
        }
    }

    fn mentions(&self) {
        let mut end = 0;
        for mention in &self.article.mentions {
            let Mention { span, target, shown } = mention;
            self.in_a_block(*span);
            self.sits(*span, "[[", "]]");
            assert!(span.start >= end, "{mention:?} begins before the one before it ends");
            end = span.end;
            self.inside(*target, *span);
            let name = target.of(self.text);
            assert!(!name.is_empty() && name.trim() == name && !name.contains(['[', ']', '|', '\n', '\r']));
            if let Some(shown) = shown {
                self.inside(*shown, *span);
                assert!(shown.start > target.end, "{mention:?}");
            }
            assert_eq!(self.article.shown_text(mention).is_some(), shown.is_some());
            let after = self.article.citations.partition_point(|citation| citation.span.end <= span.start);
            let overlaps = self.article.citations.get(after).is_some_and(|next| next.span.start < span.end);
            assert!(!overlaps, "a citation overlaps {mention:?}");
        }
    }

    fn links_and_headings(&self) {
        for link in &self.article.links {
            self.in_a_block(link.span);
            self.inside(link.text, link.span);
            self.sits(link.span, if link.image { "![" } else { "[" }, "");
            if let Some(destination) = link.destination {
                self.inside(destination, link.span);
                assert!(destination.start > link.text.end);
            }
            if let Some(attributes) = &link.attributes {
                assert!(link.image);
                assert_eq!(attributes.span.start, link.span.end);
            }
        }
        assert!(self.article.links.is_sorted_by_key(|link| link.span.start));
        assert!(self.article.headings.is_sorted_by_key(|heading| heading.block));
        for heading in &self.article.headings {
            self.valid(heading.span);
            assert!((1..=6).contains(&heading.level));
            assert!(heading.block < self.article.blocks.len());
            assert_eq!(heading.id.is_some(), heading.pandoc_id.is_none());
            if let Some(id) = heading.id {
                self.inside(id, heading.span);
            }
        }
    }

    fn problems(&self) {
        assert!(self.article.problems.is_sorted_by_key(|problem| problem.span.start));
        for problem in &self.article.problems {
            self.valid(problem.span);
            assert!(!problem.span.is_empty(), "{problem:?} underlines nothing");
            assert!(!problem.message.ends_with('.') && !problem.message.contains('\n'), "{problem:?}");
            let mut edits: Vec<Span> =
                problem.fix.iter().flat_map(|fix| &fix.edits).map(|(span, _)| *span).collect();
            edits.sort();
            for pair in edits.windows(2) {
                assert!(pair[0].end <= pair[1].start, "{problem:?} edits the same bytes twice");
            }
            for edit in edits {
                self.valid(edit);
            }
        }
        for suppression in &self.article.suppressions {
            self.sits(suppression.span, "<!--", "-->");
            for rule in suppression.rules.iter().chain(&suppression.reason) {
                self.inside(*rule, suppression.span);
            }
            if let syntax::SuppressionScope::Within(scope) = suppression.scope {
                self.valid(scope);
            }
        }
    }

    fn plain(&self) {
        let plain = &self.article.plain;
        assert!(plain.runs.is_sorted_by_key(|run| (run.at, run.source.start)), "{:?}", plain.runs);
        for run in &plain.runs {
            self.valid(run.source);
        }
        let (mut last, mut last_end) = (0, 0);
        for here in (0..=plain.text.len()).filter(|&here| plain.text.is_char_boundary(here)) {
            let (source, end) = (plain.to_source(here), plain.end_to_source(here));
            assert!(self.text.is_char_boundary(source) && self.text.is_char_boundary(end), "{here}");
            assert!(source >= last && end >= last_end, "places go back at {here}");
            (last, last_end) = (source, end);
            let back = plain.from_source(source);
            assert!(plain.text.is_char_boundary(back));
        }
        let mut last = 0;
        for source in 0..=self.text.len() {
            let here = plain.from_source(source);
            assert!(here <= plain.text.len() && plain.text.is_char_boundary(here), "{source}");
            assert!(here >= last, "places go back at {source}");
            last = here;
        }
        for (index, run) in plain.runs.iter().enumerate() {
            let end = plain.runs.get(index + 1).map_or(plain.text.len(), |next| next.at as usize);
            let shown = &plain.text[(run.at as usize).min(end)..end];
            if !shown.is_empty() && run.source.of(self.text).starts_with(shown) {
                assert_eq!(plain.from_source(run.source.start()), run.at as usize);
                assert_eq!(plain.to_source(run.at as usize), run.source.start());
                assert!(plain.end_to_source(end) <= run.source.end());
            }
        }
    }

    fn belongings(&self) {
        let belongings = syntax::belongings(self.article, "en");
        assert_eq!(belongings.of.len(), self.article.annotations.len());
        for (index, point) in belongings.points.iter().enumerate() {
            self.valid(point.span);
            assert!(point.citations.start < point.citations.end);
            assert!(point.citations.end as usize <= self.article.citations.len());
            let Some(owner) = point.owner else { continue };
            let claim = &self.article.annotations[owner as usize];
            assert!(claim.is_claim());
            assert!(claim.content.contains(point.span) || claim.span.end <= point.span.start, "{point:?}");
            assert!(belongings.of[owner as usize].own.contains(&(index as u32)));
        }
        for (index, _) in self.article.claims() {
            let belonging = &belongings.of[index];
            for &point in &belonging.own {
                assert_eq!(belongings.points[point as usize].owner, Some(index as u32));
            }
            for nearby in &belonging.nearby {
                assert!(nearby.start <= nearby.end && nearby.end as usize <= belongings.points.len());
            }
            for citation in belongings.citations_of(self.article, index, |_| true) {
                assert!(citation < self.article.citations.len());
            }
        }
    }
}
