//! A local site for tests: plain sockets and threads, so that it can misbehave in every way a stranger's server can.
//!
//! ```ignore
//! let site = Site::start([("/", Answer::html("<p>hello")), ("/old", Answer::redirect("/"))]);
//! let url = site.url("/");          // http://127.0.0.1:PORT/
//! assert_eq!(site.asked("/").len(), 1);
//! ```

#![allow(dead_code, reason = "each behaviour uses its own part of the site")]

mod answer;
mod connection;
mod counted;

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

pub use answer::{Answer, Step};
use counted::Counted;

/// One request as the site saw it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `GET`, `HEAD` and so on.
    pub method: String,
    /// The path with its query.
    pub path: String,
    /// Header names in lower case.
    pub headers: HashMap<String, String>,
    /// When its last header byte arrived.
    pub at: Instant,
}

impl Asked {
    /// A header's value, or the empty string.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

type Responder = dyn Fn(&Asked) -> Answer + Send + Sync;
/// Turns an accepted socket into the stream that HTTP is spoken on (TLS or the socket itself). `None` ends the connection.
pub type Wrap = dyn Fn(TcpStream) -> Option<Box<dyn Stream>> + Send + Sync;

/// What HTTP is spoken on.
pub trait Stream: Read + Write + Send {
    /// The socket underneath, for resets.
    fn socket(&self) -> &TcpStream;
}

impl Stream for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }
}

/// What a kernel keeps of an answer that nobody reads, in bytes.
const SEND_BUFFER: usize = 64 << 10;

/// A running local site. It stops when dropped.
pub struct Site {
    address: SocketAddr,
    scheme: &'static str,
    routes: Arc<Mutex<HashMap<String, Answer>>>,
    log: Arc<Mutex<Vec<Asked>>>,
    stopped: Arc<AtomicBool>,
    sent: Arc<AtomicU64>,
    connections: Arc<AtomicU64>,
}

impl Site {
    /// A site with fixed routes on a free port of 127.0.0.1. What is not listed is 404.
    pub fn start<P: Into<String>>(routes: impl IntoIterator<Item = (P, Answer)>) -> Self {
        Self::start_at("127.0.0.1:0", routes)
    }

    /// The same at an address of one's own: `127.0.0.2:0` is another host to the fetcher.
    pub fn start_at<P: Into<String>>(address: &str, routes: impl IntoIterator<Item = (P, Answer)>) -> Self {
        let routes: Arc<Mutex<HashMap<String, Answer>>> =
            Arc::new(Mutex::new(routes.into_iter().map(|(path, answer)| (path.into(), answer)).collect()));
        let table = Arc::clone(&routes);
        let respond = move |asked: &Asked| {
            let table = table.lock().unwrap();
            let bare = asked.path.split('?').next().unwrap_or("");
            table.get(&asked.path).or_else(|| table.get(bare)).cloned().unwrap_or_else(Answer::not_found)
        };
        Self::serve(address, "http", routes, Arc::new(respond), Arc::new(|socket| Some(Box::new(socket) as Box<dyn Stream>)))
    }

    /// A site whose answers are computed. Routes added with [`Site::set`] are not looked at.
    pub fn start_with(respond: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::start_with_at("127.0.0.1:0", respond)
    }

    /// The same at an address of one's own.
    pub fn start_with_at(address: &str, respond: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let plain = Arc::new(|socket| Some(Box::new(socket) as Box<dyn Stream>));
        Self::serve(address, "http", Arc::default(), Arc::new(respond), plain)
    }

    /// A site behind a stream of one's own making, such as TLS.
    pub fn start_wrapped(
        scheme: &'static str,
        wrap: impl Fn(TcpStream) -> Option<Box<dyn Stream>> + Send + Sync + 'static,
        respond: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::serve("127.0.0.1:0", scheme, Arc::default(), Arc::new(respond), Arc::new(wrap))
    }

    fn serve(
        address: &str,
        scheme: &'static str,
        routes: Arc<Mutex<HashMap<String, Answer>>>,
        respond: Arc<Responder>,
        wrap: Arc<Wrap>,
    ) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let log: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let stopped = Arc::new(AtomicBool::new(false));
        let (log_of_thread, stop) = (Arc::clone(&log), Arc::clone(&stopped));
        let (sent, connections): (Arc<AtomicU64>, Arc<AtomicU64>) = (Arc::default(), Arc::default());
        let (sent_by_thread, accepted) = (Arc::clone(&sent), Arc::clone(&connections));
        thread::spawn(move || {
            for socket in listener.incoming() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                let Ok(socket) = socket else { continue };
                // What was sent is then what was read, or nearly: the kernel's own buffers grow to megabytes.
                let _ = socket2::SockRef::from(&socket).set_send_buffer_size(SEND_BUFFER);
                accepted.fetch_add(1, Ordering::Relaxed);
                let (respond, log, wrap) = (Arc::clone(&respond), Arc::clone(&log_of_thread), Arc::clone(&wrap));
                let sent = Arc::clone(&sent_by_thread);
                thread::spawn(move || {
                    if let Some(stream) = wrap(socket) {
                        connection::converse(Box::new(Counted::new(stream, sent)), &*respond, &log);
                    }
                });
            }
        });
        Self { address, scheme, routes, log, stopped, sent, connections }
    }

    /// The absolute address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// The absolute address of a path under another name for this machine, such as `localhost`.
    pub fn url_as(&self, host: &str, path: &str) -> String {
        format!("{}://{host}:{}{path}", self.scheme, self.address.port())
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Adds or replaces a route while the site runs.
    pub fn set(&self, path: &str, answer: Answer) {
        self.routes.lock().unwrap().insert(path.to_owned(), answer);
    }

    /// How many bytes it has handed to its sockets.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// How many connections it has accepted.
    pub fn connections(&self) -> u64 {
        self.connections.load(Ordering::Relaxed)
    }

    /// Every request so far, in order of arrival.
    pub fn log(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }

    /// The requests for one path.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        self.log().into_iter().filter(|asked| asked.path == path).collect()
    }

    /// The paths that were asked for, in order, robots.txt left out.
    pub fn paths(&self) -> Vec<String> {
        self.log().into_iter().map(|asked| asked.path).filter(|path| path != "/robots.txt").collect()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
        // One last connection wakes the listener, which then sees that it is to stop.
        let _ = TcpStream::connect(self.address);
    }
}
