//! `unit-conversion-mismatch`

use super::{Check, Findings, Levels, Rule, TextContext, Tier};
use crate::diagnostic::{Edit, Finding, Level};
use crate::syntax::conversion::{Conversion, Measure, conversions};
use crate::syntax::{Article, Block};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    name: "unit-conversion-mismatch",
    summary: "a measure and its conversion that don't say the same",
    explanation: "\
Where a measure stands with its conversion in brackets, one of the two is for those readers who do
not think in the other, and they are misled where the conversion is wrong. Each number stands for half a unit of its
last significant digit either way (88 is 87.5 to 88.5, and 100 may be 50 to 150), \"about\" for a tenth,
and the two must meet. Style guides ask that conversions are checked, and every copy desk has printed
one that was multiplied instead of divided.

    Bad:   The ridge is 88 kilometres (35 miles) from the road.
    Good:  The ridge is 88 kilometres (55 miles) from the road.

Correct the conversion, or the measure if it is that which is wrong. Kilometres and miles, metres, yards
and feet, centimetres and inches, square kilometres, square miles, hectares and acres, kilograms,
pounds and ounces, \"5 ft 11 in\" and \"a mile and a half\", tonnes and tons, litres and gallons, speeds and temperatures are read, in English
and German articles (`lang`), whether or not anything is marked there. A gallon may be an American
or an imperial one and a ton a short or a long one, whichever fits. What may be no conversion is left alone:
what follows \"or\" without commas, and brackets that hold anything else.",
    tier: Tier::B,
    levels: Levels::sourcing(Level::Warning),
    checks: &[Check::Text(check)],
};

fn check(context: &TextContext<'_>, findings: &mut Findings) {
    let Some((article, front)) = context.as_article() else { return };
    for block in &article.blocks {
        for conversion in conversions(block.plain.of(&article.plain.text), front.language()) {
            // In code a number is data, not something the article says.
            let at = article.plain.to_source(block.plain.start() + conversion.first.span.start);
            if !conversion.agrees() && !article.is_verbatim(at) {
                findings.push(finding(context, article, block, &conversion));
            }
        }
    }
}

fn finding(context: &TextContext<'_>, article: &Article, block: &Block, conversion: &Conversion) -> Finding {
    let text = block.plain.of(&article.plain.text);
    let place = |range: &std::ops::Range<usize>| {
        let from = article.plain.to_source(block.plain.start() + range.start);
        let to = article.plain.end_to_source(block.plain.start() + range.end);
        Span::new(from, to.max(from))
    };
    let (first, second) = (&conversion.first, &conversion.second);
    let said =
        |measure: &Measure| text[measure.span.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let right = conversion.converted(true);
    let like = |measure: &Measure, number: &str| {
        let unit = &text[measure.number.end..measure.span.end];
        format!(
            "{number}{}",
            unit.split_whitespace().fold(String::new(), |out, word| {
                if out.is_empty() && !unit.starts_with(char::is_whitespace) {
                    word.to_owned()
                } else {
                    format!("{out} {word}")
                }
            })
        )
    };
    let message = match &right {
        Some(right) => format!("{} is {}, not {}", said(first), like(second, right), said(second)),
        None => format!("{} is not {}", said(first), said(second)),
    };
    let whole = Span::new(place(&first.span).start(), place(&second.span).end());
    let mut finding = Finding::new(context.place(whole), message)
        .help("convert it again, and see which of the two the source gives");
    // Nearly always it is the conversion; only the source tells.
    finding.choice = true;
    for (measure, number) in [(second, right), (first, conversion.converted(false))] {
        let span = place(&measure.number);
        let Some(number) = number else { continue };
        // Where markup stands inside of a number, there is no telling what to replace.
        if span.of(context.source.text) == &text[measure.number.clone()] {
            let title = format!("Change `{}` to `{}`", said(measure), like(measure, &number));
            finding = finding.fix(title, vec![Edit::new(context.source.path, context.place(span), number)]);
        }
    }
    finding
}
