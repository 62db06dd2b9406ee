//! What the server logs, for the client: `window/logMessage` at the level that its trace asks
//! for, and `$/logTrace` of what it asked and how long that took. Neither holds anything of a
//! draft: what newsmark logs never does, and what others log stays out.

use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

use super::outbox::Outbox;

/// Where logs go that are for the client: there is one in a process.
static CLIENT: RwLock<Option<Outbox>> = RwLock::new(None);

/// How much the client wants to know, as a [`Trace`].
static TRACE: AtomicU8 = AtomicU8::new(0);

/// How much a client wants to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trace {
    /// What goes wrong.
    #[default]
    Off,
    /// What happens, and each request with how long it took.
    Messages,
    /// Also what is looked at for that.
    Verbose,
}

impl Trace {
    /// As the protocol has it; what is unknown is off.
    pub(super) fn read(word: &str) -> Trace {
        match word {
            "messages" | "compact" => Trace::Messages,
            "verbose" => Trace::Verbose,
            _ => Trace::Off,
        }
    }

    fn now() -> Trace {
        match TRACE.load(Ordering::Relaxed) {
            0 => Trace::Off,
            1 => Trace::Messages,
            _ => Trace::Verbose,
        }
    }
}

/// Sends what is logged to a client from now on.
pub(super) fn open(client: &Outbox) {
    *CLIENT.write().unwrap_or_else(PoisonError::into_inner) = Some(client.clone());
}

/// Sends nothing any more.
pub(super) fn close() {
    *CLIENT.write().unwrap_or_else(PoisonError::into_inner) = None;
    set_trace(Trace::Off);
}

/// Sets how much the client wants to know.
pub(super) fn set_trace(trace: Trace) {
    TRACE.store(trace as u8, Ordering::Relaxed);
}

/// Traces that a request was answered, where the client wants to know.
pub(super) fn answered(method: &str, took: Duration) {
    let trace = Trace::now();
    let Some(client) = client().filter(|_| trace >= Trace::Messages) else { return };
    let mut params = json!({ "message": format!("{method}: answered") });
    if trace == Trace::Verbose {
        params["verbose"] = json!(format!("after {:.1} ms", took.as_secs_f64() * 1e3));
    }
    client.notify("$/logTrace", params);
}

fn client() -> Option<Outbox> {
    CLIENT.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// What passes logs on to the client, beside whatever else takes them.
#[must_use]
pub fn layer<S: Subscriber + for<'span> LookupSpan<'span>>() -> impl Layer<S> {
    ToClient.with_filter(LevelFilter::DEBUG)
}

struct ToClient;

impl<S: Subscriber> Layer<S> for ToClient {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let metadata = Event::metadata(event);
        let wanted = match Trace::now() {
            Trace::Off => Level::WARN,
            Trace::Messages => Level::INFO,
            Trace::Verbose => Level::DEBUG,
        };
        let is_own = metadata.target().split("::").next() == Some("newsmark");
        if !is_own || *metadata.level() > wanted {
            return;
        }
        let Some(client) = client() else { return };
        let mut words = Words::default();
        event.record(&mut words);
        // `MessageType`: 1 is an error, 5 the least.
        let kind = match *metadata.level() {
            Level::ERROR => 1,
            Level::WARN => 2,
            Level::INFO => 3,
            _ => 5,
        };
        let message = format!("{}{}", words.message, words.fields);
        client.notify("window/logMessage", json!({ "type": kind, "message": message }));
    }
}

/// What an event says.
#[derive(Default)]
struct Words {
    message: String,
    fields: String,
}

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.fields, " {name}={value:?}"),
        };
    }
}
