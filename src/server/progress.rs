//! Telling the client how far the reading of the corpora has got, where it wants to know.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;
use tower_lsp::gen_lsp_types::ProgressToken;

use super::outbox::Outbox;

/// How long a client has to answer a question of ours. One that does not is not waited
/// for: what was asked for is done without.
pub(super) const ANSWER: Duration = Duration::from_secs(5);

/// Reading shorter than this is over before anybody has read that it began.
const WORTH_SHOWING: Duration = Duration::from_millis(200);

/// By what name the bar is known.
pub(super) const TOKEN: &str = "newsmark/index";

enum Step {
    Begin,
    Report(u32),
    End,
}

/// Where the engine says how far it is. Nothing here waits.
#[derive(Clone)]
pub(super) struct Progress {
    steps: UnboundedSender<Step>,
    last: Option<u32>,
}

impl Progress {
    /// A bar in the client, if it has any; else what is said goes nowhere.
    pub(super) fn new() -> (Progress, Shown) {
        let (steps, said) = unbounded_channel();
        (Progress { steps, last: None }, Shown(said))
    }

    pub(super) fn begin(&mut self) {
        self.last = None;
        let _ = self.steps.send(Step::Begin);
    }

    /// So many files of so many are read.
    pub(super) fn report(&mut self, read: usize, total: usize) {
        let percent = (read * 100 / total.max(1)).min(100) as u32;
        // Every step of five: more than that nobody sees.
        let percent = percent - percent % 5;
        if self.last != Some(percent) {
            self.last = Some(percent);
            let _ = self.steps.send(Step::Report(percent));
        }
    }

    pub(super) fn end(&mut self) {
        let _ = self.steps.send(Step::End);
    }
}

/// The other end: what the client is shown.
pub(super) struct Shown(UnboundedReceiver<Step>);

impl Shown {
    /// Shows it until the engine ends.
    pub(super) async fn run(mut self, client: Client, outbox: Outbox, is_wanted: bool) {
        let mut is_shown = false;
        while let Some(mut step) = self.0.recv().await {
            if matches!(step, Step::Begin) && is_wanted && !is_shown {
                let Some(last) = self.outlasting().await else { continue };
                let token = ProgressToken::String(TOKEN.to_owned());
                let asked = tokio::time::timeout(ANSWER, client.create_work_done_progress(token)).await;
                is_shown = matches!(asked, Ok(Ok(())));
                if is_shown {
                    let begin = json!({ "kind": "begin", "title": "newsmark: reading the corpus", "percentage": 0, "cancellable": true });
                    say(&outbox, begin);
                }
                step = last;
            }
            if !is_shown {
                continue;
            }
            match step {
                Step::Begin => {}
                Step::Report(percent) => say(&outbox, json!({ "kind": "report", "percentage": percent })),
                Step::End => {
                    say(&outbox, json!({ "kind": "end" }));
                    is_shown = false;
                }
            }
        }
    }

    /// The last step after a while; nothing if it ended meanwhile.
    async fn outlasting(&mut self) -> Option<Step> {
        let mut last = Step::Report(0);
        let end = tokio::time::Instant::now() + WORTH_SHOWING;
        while let Ok(step) = tokio::time::timeout_at(end, self.0.recv()).await {
            match step? {
                Step::End => return None,
                step => last = step,
            }
        }
        Some(last)
    }
}

fn say(outbox: &Outbox, value: Value) {
    outbox.notify("$/progress", json!({ "token": TOKEN, "value": value }));
}
