//! Sets of dates (EDTF level 2): `{2026-03-01,2026-03-03}` are both days, `[2026-03-01,
//! 2026-03-03]` is one of them; `..` stands for all days between two, or before or after one.

use std::fmt;

use super::parse::{self, DateError};
use super::{Bound, Date, Point, Rest, Shape};

/// How many members a set has at most: more than a list that somebody wrote.
const MOST_MEMBERS: usize = 32;

/// Days, months or years, at least one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Set {
    /// Whether all are meant, and not one of them.
    pub(super) all: bool,
    pub(super) members: Box<[Member]>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Member {
    One(Point),
    /// `2026-03-01..2026-03-03`, `..2026`, `2026..`: at least one end is there.
    Range(Option<Point>, Option<Point>),
}

impl Member {
    fn first(&self) -> Option<&Point> {
        match self {
            Member::One(point) => Some(point),
            Member::Range(from, _) => from.as_ref(),
        }
    }

    fn last(&self) -> Option<&Point> {
        match self {
            Member::One(point) => Some(point),
            Member::Range(_, to) => to.as_ref(),
        }
    }
}

impl Set {
    /// Reads a set with its brackets; none where there is no bracket.
    pub(super) fn parse(text: &str) -> Option<Result<Set, DateError>> {
        let (all, close) = match text.as_bytes().first()? {
            b'{' => (true, '}'),
            b'[' => (false, ']'),
            _ => return None,
        };
        Some(match text[1..].strip_suffix(close) {
            Some(inner) => members(inner, text).map(|members| Set { all, members }),
            None => Err(parse::no_date(text)),
        })
    }

    /// The member that begins first; none where one goes back for ever.
    pub(super) fn first(&self) -> Option<&Point> {
        let firsts: Option<Vec<&Point>> = self.members.iter().map(Member::first).collect();
        firsts?.into_iter().min_by_key(|point| point.bounds().0.second)
    }

    /// The member that ends last; none where one goes on for ever.
    pub(super) fn last(&self) -> Option<&Point> {
        let lasts: Option<Vec<&Point>> = self.members.iter().map(Member::last).collect();
        lasts?.into_iter().max_by_key(|point| point.bounds().1.second)
    }
}

fn members(inner: &str, whole: &str) -> Result<Box<[Member]>, DateError> {
    let mut members = Vec::new();
    for part in inner.split(',') {
        if members.len() == MOST_MEMBERS {
            return Err(DateError::LongSet(MOST_MEMBERS));
        }
        members.push(member(part.trim(), whole)?);
    }
    Ok(members.into())
}

fn member(text: &str, whole: &str) -> Result<Member, DateError> {
    let Some((from, to)) = text.split_once("..") else { return point(text, whole).map(Member::One) };
    let end = |text: &str| (!text.is_empty()).then(|| point(text, whole)).transpose();
    match (end(from)?, end(to)?) {
        (None, None) => Err(parse::no_date(whole)),
        (Some(from), Some(to)) if starts_after(from.bounds().0, to.bounds().1) => {
            Err(DateError::Backwards(from.to_string(), to.to_string()))
        }
        (from, to) => Ok(Member::Range(from, to)),
    }
}

fn starts_after(from: Bound, to: Bound) -> bool {
    from.second > to.second
}

/// A day, a month or a year: times of day, which may have offsets, have no place in a set.
fn point(text: &str, whole: &str) -> Result<Point, DateError> {
    if text.is_empty() {
        return Err(parse::no_date(whole));
    }
    let point = parse::point(text)?;
    match point.rest {
        Rest::Time(..) => Err(parse::no_date(whole)),
        _ => Ok(point),
    }
}

impl fmt::Display for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.all { "{" } else { "[" })?;
        for (number, member) in self.members.iter().enumerate() {
            if number > 0 {
                f.write_str(",")?;
            }
            match member {
                Member::One(point) => point.fmt(f)?,
                Member::Range(from, to) => {
                    from.iter().try_for_each(|from| from.fmt(f))?;
                    f.write_str("..")?;
                    to.iter().try_for_each(|to| to.fmt(f))?;
                }
            }
        }
        f.write_str(if self.all { "}" } else { "]" })
    }
}

impl Date {
    /// Whether there is a reading of both in which they share a moment. Unlike what compares
    /// bounds alone, this tells apart the members of a set of which one is meant.
    #[must_use]
    pub fn may_meet(&self, other: &Date) -> bool {
        let others = other.readings();
        self.readings().iter().any(|one| others.iter().any(|other| may_overlap(*one, *other)))
    }

    /// The stretches of which one is meant.
    fn readings(&self) -> Vec<(Option<Bound>, Option<Bound>)> {
        match &self.shape {
            Shape::Set(set) if !set.all => {
                let first = |member: &Member| member.first().map(|point| point.bounds().0);
                let last = |member: &Member| member.last().map(|point| point.bounds().1);
                set.members.iter().map(|member| (first(member), last(member))).collect()
            }
            _ => vec![(self.first_bound(), self.last_bound())],
        }
    }
}

fn may_overlap(one: (Option<Bound>, Option<Bound>), other: (Option<Bound>, Option<Bound>)) -> bool {
    let is_over = |last: Option<Bound>, first: Option<Bound>| match (first, last) {
        (Some(first), Some(last)) => {
            let (start, end) = super::aligned(first, last);
            end < start
        }
        _ => false,
    };
    !is_over(one.1, other.0) && !is_over(other.1, one.0)
}
