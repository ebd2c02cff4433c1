//! The DevTools protocol on a pair of pipes: JSON messages with a NUL after each.
//!
//! Only the carrying; what the messages mean is for `tab` and `door`. What a page can make the browser say is bounded: the length of a
//! message, and how many wait to be heard.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{ChildStdin, ChildStdout};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// A longer message is no page that would be read.
const LONGEST: usize = 96 << 20;
/// A page with more unheard events than this asks for too much at once.
const MOST_EVENTS: usize = 2_000;
/// How many messages wait to be written.
const MOST_WAITING: usize = 32;

/// What went wrong between us and the browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It is gone.
    Ended,
    /// It would not do what it was asked.
    Refused(String),
}

/// A conversation with a browser.
pub(super) struct Connection {
    heard: Arc<Mutex<Heard>>,
    say: mpsc::Sender<Vec<u8>>,
    tasks: [JoinHandle<()>; 2],
}

/// Who waits for what.
#[derive(Default)]
struct Heard {
    next: u64,
    answers: BTreeMap<u64, oneshot::Sender<Result<Value, String>>>,
    listeners: BTreeMap<String, mpsc::Sender<Value>>,
    ended: bool,
    condemned: bool,
}

impl Connection {
    pub(super) fn new(mut input: ChildStdin, output: ChildStdout) -> Self {
        let heard: Arc<Mutex<Heard>> = Arc::default();
        let (say, mut said) = mpsc::channel::<Vec<u8>>(MOST_WAITING);
        let writing = tokio::spawn(async move {
            while let Some(message) = said.recv().await {
                if input.write_all(&message).await.is_err() {
                    break;
                }
            }
        });
        let hearing = Arc::clone(&heard);
        let reading = tokio::spawn(async move {
            let mut output = BufReader::with_capacity(64 << 10, output);
            while let Some(message) = read(&mut output).await {
                if let Ok(message) = serde_json::from_slice(&message) {
                    lock(&hearing).hear(message);
                }
            }
            lock(&hearing).end();
        });
        Self { heard, say, tasks: [writing, reading] }
    }

    /// Whether new pages may be opened.
    pub(super) fn is_open(&self) -> bool {
        let heard = lock(&self.heard);
        !heard.ended && !heard.condemned
    }

    /// Lets no new pages in.
    pub(super) fn condemn(&self) {
        lock(&self.heard).condemned = true;
    }

    /// The events of a page from now on.
    pub(super) fn listen(&self, session: &str) -> mpsc::Receiver<Value> {
        let (sender, events) = mpsc::channel(MOST_EVENTS);
        let mut heard = lock(&self.heard);
        if !heard.ended {
            heard.listeners.insert(session.to_owned(), sender);
        }
        events
    }

    /// Ends that.
    pub(super) fn forget(&self, session: &str) {
        lock(&self.heard).listeners.remove(session);
    }

    /// Has the browser do something, and waits until it has.
    pub(super) async fn call(&self, session: Option<&str>, method: &str, params: Value) -> Result<Value, Trouble> {
        let (sender, answer) = oneshot::channel();
        let id = {
            let mut heard = lock(&self.heard);
            if heard.ended {
                return Err(Trouble::Ended);
            }
            heard.next += 1;
            let id = heard.next;
            heard.answers.insert(id, sender);
            id
        };
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let (Some(session), Some(message)) = (session, message.as_object_mut()) {
            message.insert("sessionId".to_owned(), session.into());
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.say.send(bytes).await.map_err(|_| Trouble::Ended)?;
        answer.await.map_err(|_| Trouble::Ended)?.map_err(Trouble::Refused)
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

impl Heard {
    fn hear(&mut self, mut message: Value) {
        if let Some(id) = message.get("id").and_then(Value::as_u64) {
            let Some(waiting) = self.answers.remove(&id) else { return };
            let result = match message.pointer("/error/message").and_then(Value::as_str) {
                Some(error) => Err(error.to_owned()),
                None => Ok(message.get_mut("result").map(Value::take).unwrap_or_default()),
            };
            // Who asked may be gone.
            let _ = waiting.send(result);
            return;
        }
        let Some(session) = message.get("sessionId").and_then(Value::as_str).map(str::to_owned) else { return };
        let is_full = self.listeners.get(&session).is_some_and(|listener| listener.try_send(message).is_err());
        if is_full {
            // The page then finds its events ended, and is given up.
            self.listeners.remove(&session);
        }
    }

    fn end(&mut self) {
        self.ended = true;
        self.answers.clear();
        self.listeners.clear();
    }
}

fn lock(heard: &Mutex<Heard>) -> std::sync::MutexGuard<'_, Heard> {
    heard.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The next message; `None` at the end, and for one that is too long.
async fn read(output: &mut BufReader<ChildStdout>) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let buffer = output.fill_buf().await.ok()?;
        if buffer.is_empty() || message.len() > LONGEST {
            return None;
        }
        match memchr::memchr(0, buffer) {
            Some(end) => {
                message.extend_from_slice(buffer.get(..end)?);
                output.consume(end + 1);
                return Some(message);
            }
            None => {
                let length = buffer.len();
                message.extend_from_slice(buffer);
                output.consume(length);
            }
        }
    }
}
