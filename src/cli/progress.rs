//! A bar for those who wait.

use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::output;

/// What is over sooner shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A count of files done, drawn on standard error when that is a terminal and it takes
/// longer than a second. Shared by all threads.
pub(super) struct Progress {
    bar: ProgressBar,
    start: Instant,
    shown: Once,
    is_terminal: bool,
}

impl Progress {
    pub(super) fn new(files: usize) -> Progress {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} files") {
            bar.set_style(style.progress_chars("=> "));
        }
        let is_terminal = output::stderr_is_terminal();
        Progress { bar, start: Instant::now(), shown: Once::new(), is_terminal }
    }

    /// One more file is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if self.is_terminal && !self.shown.is_completed() && self.start.elapsed() > PATIENCE {
            self.shown.call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
