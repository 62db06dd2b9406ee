//! From frames to answers: the loop around the service.
//!
//! The framework's own loop applies edits out of order once a handler waits, ends all
//! reading at a damaged message and the server at a panic. This one does not:
//!
//! * Each call is polled once as it arrives, before the next is looked at. A handler does
//!   up to its first `await` what has to be in order: it changes a document, or puts a
//!   question to the engine, which answers in the order in which it was asked.
//! * A panic costs its own request.
//! * What is no message gets the protocol's error, and reading goes on.

use std::future::Future;
use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use futures_util::{FutureExt, SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::mpsc;
use tower::Service;
use tower_lsp::LspService;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

use super::backend::{self, Backend};
use super::frames::{Frame, Frames};
use super::log;
use super::outbox::Outbox;
use super::reply::Reply;

/// How many messages are read before they are taken in.
const AHEAD: usize = 256;

/// How long a client that reads slowly is waited for at the end.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// As the protocol has it: `shutdown`, then `exit`.
    Clean,
    /// The client went without a word, or without `shutdown`.
    Abrupt,
}

/// A message from the client.
enum Incoming {
    /// A request or a notification.
    Call(Request),
    /// The answer to a request of ours.
    Answer(Response),
    /// Something else, and what to say to it.
    Wrong(Response),
}

/// Serves one client until it goes.
pub(super) async fn serve(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
) -> std::io::Result<End> {
    let outbox = Outbox::new(output)?;
    let (sender, mut messages) = mpsc::channel(AHEAD);
    std::thread::Builder::new().name("newsmark-reader".to_owned()).spawn(move || {
        for frame in Frames::new(input) {
            if sender.blocking_send(decode(frame)).is_err() {
                return;
            }
        }
    })?;
    let (mut service, socket) = backend::service(outbox.clone())?;
    let (mut requests, mut answers) = socket.split();
    let to_client = outbox.clone();
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            to_client.send(&without_null(&request));
        }
    });
    let mut was_shut_down = false;
    let mut end = End::Abrupt;
    let mut ended = pin!(service.inner().client_ended());
    while outbox.has_room().await {
        let message = tokio::select! {
            message = messages.recv() => message,
            () = outbox.gone() => None,
            () = &mut ended => None,
        };
        match message {
            None => break,
            Some(Incoming::Call(request)) if request.method() == "exit" => {
                end = if was_shut_down { End::Clean } else { End::Abrupt };
                break;
            }
            Some(Incoming::Call(request)) => {
                // Before `initialize` it is refused, and changes nothing.
                was_shut_down |= request.method() == "shutdown" && service.inner().is_initialized();
                match request.id().filter(|_| !was_shut_down && service.inner().silences(request.method())) {
                    Some(id) => outbox.send(&Response::from_ok(id.clone(), Value::Null)),
                    None => call(&mut service, request, &outbox),
                }
            }
            Some(Incoming::Answer(answer)) => {
                let _ = answers.send(answer).await;
            }
            Some(Incoming::Wrong(answer)) => outbox.send(&answer),
        }
    }
    log::close();
    outbox.drained(LAST_WORDS).await;
    Ok(end)
}

/// A request of ours. One without parameters has none: the framework writes `null`, which
/// JSON-RPC does not know.
fn without_null(request: &Request) -> Value {
    let mut message = serde_json::to_value(request).unwrap_or_default();
    if let Some(fields) = message.as_object_mut().filter(|fields| fields.get("params") == Some(&Value::Null))
    {
        fields.remove("params");
    }
    message
}

/// Takes a request or notification in. What it does before it waits for anything is done
/// when this returns.
fn call(service: &mut LspService<Backend>, request: Request, outbox: &Outbox) {
    let (id, method) = (request.id().cloned(), request.method().to_owned());
    let Ok(future) = catch_unwind(AssertUnwindSafe(|| service.call(request))) else {
        return fail(id, &method, outbox);
    };
    let reply = Reply::new(id.clone().unwrap_or_default(), outbox.clone());
    let start = Instant::now();
    let mut future = Box::pin(reply.clone().while_handling(AssertUnwindSafe(future).catch_unwind()));
    let finish = {
        let outbox = outbox.clone();
        move |outcome: std::thread::Result<Result<Option<Response>, _>>| {
            if id.is_some() {
                log::answered(&method, start.elapsed());
            }
            match outcome {
                _ if reply.is_answered() => {}
                Ok(Ok(Some(response))) => outbox.send(&response),
                // The service drops what begins with `$/` and nobody knows; a request has to be
                // answered all the same.
                Ok(Ok(None)) if id.is_some() => {
                    outbox.send(&Response::from_error(
                        id.clone().unwrap_or_default(),
                        Error::method_not_found(),
                    ));
                }
                // Nothing is said to a notification, nor by a server that has ended.
                Ok(Ok(None) | Err::<_, tower_lsp::ExitedError>(_)) => {}
                Err(_) => fail(id.clone(), &method, &outbox),
            }
        }
    };
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => finish(outcome),
        Poll::Pending => {
            tokio::spawn(async move { finish(future.await) });
        }
    }
}

/// The answer to a request that failed for a mistake of ours. What the panic says may hold
/// text of a draft: it goes nowhere, and its place is in the log.
fn fail(id: Option<Id>, method: &str, outbox: &Outbox) {
    tracing::error!(method, "a handler failed");
    if let Some(id) = id {
        let mut error = Error::internal_error();
        error.message =
            format!("newsmark made a mistake of its own in `{method}`; its log has the place").into();
        outbox.send(&Response::from_error(id, error));
    }
}

fn decode(frame: Frame) -> Incoming {
    let wrong = |id: Id, mut error: Error, why: &str| {
        tracing::warn!("{why}");
        error.message = why.to_owned().into();
        Incoming::Wrong(Response::from_error(id, error))
    };
    let body = match frame {
        Frame::Body(body) => body,
        Frame::Damaged(why) => return wrong(Id::Null, Error::parse_error(), why),
    };
    let Ok(message) = serde_json::from_slice::<Value>(&body) else {
        return wrong(Id::Null, Error::parse_error(), "a message is not JSON in UTF-8");
    };
    let id = message.get("id").and_then(|id| Id::deserialize(id).ok()).unwrap_or_default();
    if message.get("method").is_some() {
        match Request::deserialize(message) {
            Ok(request) => Incoming::Call(request),
            Err(_) => wrong(id, Error::invalid_request(), "a message is no request of JSON-RPC 2.0"),
        }
    } else {
        match Response::deserialize(message) {
            Ok(response) => Incoming::Answer(response),
            Err(_) => wrong(id, Error::invalid_request(), "a message is neither a request nor an answer"),
        }
    }
}
