//! The dates of bibliographies, as EDTF.

use super::Text;
use super::fields::Fields;
use crate::data::{Field, Node, Spanned, Value};

impl Fields<'_> {
    /// A date of CSL: text as it is; `{date-parts: [[2016, 3, 2]]}`; or, as Pandoc
    /// used to write them, a list of `{year: 2016, month: 3}`. Two make a range.
    pub(super) fn csl_date(&mut self, field: &Field) -> Option<Text> {
        let node = &field.value;
        let edtf = match &node.value {
            Value::Null => return None,
            Value::Sequence(items) => self.range(items, &field.key.value)?,
            Value::Mapping(_) => {
                let written = ["raw", "literal", "string"].iter().find_map(|key| node.get(key));
                match node.get("date-parts") {
                    Some(parts) => {
                        let mut edtf = self.range(parts.items(), &field.key.value)?;
                        let season =
                            node.get("season").and_then(Node::as_str).and_then(|s| s.parse::<u8>().ok());
                        if let Some(season @ 1..=4) = season
                            && edtf.len() == 4
                        {
                            edtf = format!("{edtf}-{}", season + 20);
                        }
                        let circa = node
                            .get("circa")
                            .is_some_and(|circa| !matches!(circa.as_str(), Some("false" | "0") | None));
                        if circa { edtf.replace('/', "~/") + "~" } else { edtf }
                    }
                    None if written.is_some() => return written.and_then(Node::text),
                    None => self.day(node, &field.key.value)?,
                }
            }
            _ => return self.text(field),
        };
        Some(Spanned::new(node.span, edtf))
    }

    /// One date or two, each a list or mapping of its parts.
    fn range(&mut self, items: &[Node], name: &str) -> Option<String> {
        match items {
            [] => None,
            [day] => self.day(day, name),
            [start, end, ..] => {
                let start = self.day(start, name)?;
                // CSL writes a range without an end as one that ends in the year nought.
                let open = end.items().first().and_then(Node::as_str) == Some("0");
                let end = if open { "..".to_owned() } else { self.day(end, name)? };
                Some(format!("{start}/{end}"))
            }
        }
    }

    /// One date, of its parts.
    fn day(&mut self, node: &Node, name: &str) -> Option<String> {
        let parts: Vec<&Node> = match &node.value {
            Value::Sequence(items) => items.iter().collect(),
            Value::Mapping(_) => {
                let season = node.get("season").filter(|_| node.get("month").is_none());
                [node.get("year"), node.get("month").or(season), node.get("day")]
                    .into_iter()
                    .map_while(|part| part)
                    .collect()
            }
            Value::Null => Vec::new(),
            _ => return self.node_text(node, name).map(|text| text.value),
        };
        let words: Vec<_> = parts
            .iter()
            .map_while(|part| part.as_str())
            .map(str::trim)
            .take_while(|word| !word.is_empty())
            .collect();
        let is_season = node.get("season").is_some() && node.get("month").is_none();
        let edtf = match words.as_slice() {
            [year, rest @ ..] => edtf(year, rest.first().copied(), rest.get(1).copied(), is_season),
            [] => None,
        };
        if edtf.is_none() {
            let place =
                parts.first().map_or(node.span, |first| first.span.cover(parts[parts.len() - 1].span));
            self.problem(place, format!("`{name}` is a date, as in `2016-03-02`; this is none"));
        }
        edtf
    }
}

/// The date that a field of CSL comes to, as EDTF or as it was written; none where it makes
/// none.
#[must_use]
pub fn csl_date(text: &str, field: &Field) -> Option<String> {
    Fields::new(text, Vec::new()).csl_date(field).map(|date| date.value)
}

/// The date of a BibTeX entry: `date` as it is, or put together of the old fields.
pub(super) fn bibtex_date(
    date: Option<Text>,
    year: Option<Text>,
    month: Option<Text>,
    day: Option<Text>,
) -> Option<Text> {
    if date.is_some() {
        return date;
    }
    let year = year?;
    // `month = mar # "~2"` has the day in it, too.
    let words = month.as_ref().map(|month| month.value.as_str()).unwrap_or_default();
    let words: Vec<_> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (months, days): (Vec<&str>, Vec<&str>) = match words.as_slice() {
        [number] => (vec![*number], Vec::new()),
        words => words.iter().partition(|word| word.starts_with(char::is_alphabetic)),
    };
    let day = day.as_ref().map(|day| day.value.as_str()).or(days.first().copied());
    let edtf = edtf(&year.value, months.first().copied(), day, false);
    Some(match edtf {
        Some(edtf) => year.with(edtf),
        None => edtf_of_year(&year.value).map_or_else(|| year.clone(), |edtf| year.with(edtf)),
    })
}

/// Year, month and day as EDTF, if they are a date at all.
fn edtf(year: &str, month: Option<&str>, day: Option<&str>, is_season: bool) -> Option<String> {
    let year = edtf_of_year(year)?;
    let Some(month) = month else { return Some(year) };
    let month = match month_number(month)? {
        season @ 1..=4 if is_season => season + 20,
        month @ 1..=12 => month,
        // CSL counts the seasons on from December.
        season @ 13..=16 => season + 8,
        season @ 21..=24 => season,
        _ => return None,
    };
    let day = match day.map(str::parse::<u8>) {
        None => return Some(format!("{year}-{month:02}")),
        Some(Ok(day @ 1..=31)) if month <= 12 => day,
        Some(_) => return None,
    };
    Some(format!("{year}-{month:02}-{day:02}"))
}

fn edtf_of_year(year: &str) -> Option<String> {
    let year: i32 = year.trim().parse().ok()?;
    Some(match year {
        0..=9999 => format!("{year:04}"),
        -9999..0 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    })
}

/// The number of a month that is given as a number or by its English name.
fn month_number(month: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if let Ok(number) = month.parse() {
        return Some(number);
    }
    let month = month.to_lowercase();
    let named = MONTHS.iter().position(|name| month.len() >= 3 && name.starts_with(&month));
    named.map(|index| index as u8 + 1).or((month == "sept").then_some(9))
}
