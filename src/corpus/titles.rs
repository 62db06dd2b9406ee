//! The titles beside people's names, and whether they were held when it was said.

use crate::data::date::Date;
use crate::syntax::titles::TitleWords;

use super::article::ArticleFacts;
use super::registry::RoleFacts;

/// A mention beside which words stand that may be a title.
#[derive(Clone, Debug, PartialEq)]
pub struct TitleFacts {
    /// Which: an index in [`ArticleFacts::mentions`].
    pub mention: u32,
    /// The words.
    pub words: TitleWords,
    /// From which byte to which its sentence goes.
    pub sentence: (u32, u32),
    /// The date of the live page's entry around it.
    pub entry: Option<Date>,
    /// When it was said, where the claim or div around it tells.
    pub on: Option<Date>,
}

impl RoleFacts {
    /// Whether the office may be held on that date. Only what is certain rules it out: a term
    /// that ends before it begins may be any.
    #[must_use]
    pub fn may_be_held_on(&self, date: &Date) -> bool {
        let too_early = self.from.as_ref().is_some_and(|from| date.is_before(from).is_yes());
        let too_late = self.to.as_ref().is_some_and(|to| date.is_after(to).is_yes());
        !too_early && !too_late || self.is_backwards()
    }

    fn is_backwards(&self) -> bool {
        self.from.as_ref().zip(self.to.as_ref()).is_some_and(|(from, to)| to.is_before(from).is_yes())
    }
}

impl ArticleFacts {
    /// The dates that count for what stands in that entry of a live page: its own, else the
    /// article's, if all of these are known.
    #[must_use]
    pub fn dates_in<'a>(&'a self, entry: Option<&'a Date>) -> &'a [Date] {
        match entry {
            Some(entry) => std::slice::from_ref(entry),
            None if self.undated => &[],
            None => &self.dates,
        }
    }
}
