//! HTTP/2 gone wrong, in frames written by hand (RFC 9113, section 4.1).

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rustls::{ServerConnection, StreamOwned};

use super::stage::Stage;
use super::tls::{Authority, Leaf};
use super::{Case, Sees, case};
use crate::newsroom;
use crate::support::{Answer, Site};

type Connection = StreamOwned<ServerConnection, TcpStream>;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
/// `:status: 200` in the static table of HPACK.
const STATUS_200: &[u8] = &[0x88];

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

fn goaway(last: u32, code: u32) -> Vec<u8> {
    frame(GOAWAY, 0, 0, &[last.to_be_bytes(), code.to_be_bytes()].concat())
}

/// Reads frames until a request's header has come; gives its stream.
fn request(connection: &mut Connection) -> Option<u32> {
    loop {
        let mut head = [0; 9];
        connection.read_exact(&mut head).ok()?;
        let length = usize::from(head[0]) << 16 | usize::from(head[1]) << 8 | usize::from(head[2]);
        connection.read_exact(&mut vec![0; length]).ok()?;
        if head[3] == HEADERS {
            return Some(u32::from_be_bytes([head[5] & 0x7f, head[6], head[7], head[8]]));
        }
    }
}

/// A server that greets properly and answers robots.txt with "not found", and then does as it likes with the stream of the page.
fn server(stage: &mut Stage, act: impl Fn(&mut Connection, u32) -> std::io::Result<()> + Send + Sync + 'static) -> String {
    let authority = Authority::new();
    let file = stage.file("ca.pem", &authority.pem());
    stage.fetch = format!("ca-file = \"{}\"\n", file.display());
    stage.source = "robots = false".to_owned();
    let config = authority.config(&Leaf { protocols: &[b"h2"], ..Leaf::default() });
    let wrap = move |socket: TcpStream| {
        let mut connection = StreamOwned::new(ServerConnection::new(Arc::clone(&config)).ok()?, socket);
        let mut preface = [0; 24];
        connection.read_exact(&mut preface).ok()?;
        connection.write_all(&frame(SETTINGS, 0, 0, &[])).ok()?;
        while let Some(stream) = request(&mut connection) {
            if act(&mut connection, stream).and_then(|()| connection.flush()).is_err() {
                break;
            }
        }
        None
    };
    stage.put(Site::start_wrapped("https", wrap, |_| Answer::not_found()))
}

fn answered(stream: u32, body: &[u8]) -> Vec<u8> {
    let pieces = body.chunks(16_000).map(|piece| frame(DATA, 0, stream, piece)).collect::<Vec<_>>().concat();
    [frame(HEADERS, END_HEADERS, stream, STATUS_200), pieces, frame(DATA, END_STREAM, stream, &[])].concat()
}

pub(super) fn cases() -> Vec<Case> {
    let stops = |name: &str, words: &'static [&'static str], act: fn(&mut Connection, u32) -> std::io::Result<()>| {
        case(name, Sees::Stops(words), move |stage| server(stage, act))
    };
    vec![
        stops("HTTP/2 with a page that lists nothing", &["found no article links"], |connection, stream| {
            connection.write_all(&answered(stream, b"<p>Hello."))
        }),
        stops("HTTP/2 that goes away at once", &["broke while waiting for the answer"], |connection, _| {
            connection.write_all(&goaway(0, 0))
        }),
        stops("HTTP/2 that goes away in the body", &["broke while reading the body"], |connection, stream| {
            let half = [frame(HEADERS, END_HEADERS, stream, STATUS_200), frame(DATA, 0, stream, b"<p>half"), goaway(0, 2)].concat();
            connection.write_all(&half)?;
            connection.sock.shutdown(std::net::Shutdown::Both)
        }),
        stops("HTTP/2 that resets the stream", &["broke while waiting for the answer"], |connection, stream| {
            connection.write_all(&frame(RST_STREAM, 0, stream, &2_u32.to_be_bytes()))
        }),
        stops("HTTP/2 that says nothing", &["the first byte took longer than 3s"], |_, _| {
            std::thread::sleep(Duration::from_secs(8));
            Ok(())
        }),
        stops("HTTP/2 pings without end", &["127.0.0.1"], |connection, _| {
            loop {
                connection.write_all(&frame(PING, 0, 0, b"12345678").repeat(100))?;
            }
        }),
        stops("HTTP/2 settings without end", &["127.0.0.1"], |connection, _| {
            loop {
                connection.write_all(&frame(SETTINGS, 0, 0, &[0, 4, 0, 1, 0, 0]).repeat(100))?;
            }
        }),
        stops("HTTP/2 headers without end", &["127.0.0.1"], |connection, stream| {
            connection.write_all(&frame(HEADERS, 0, stream, STATUS_200))?;
            // A literal field that is not indexed: x: and a hundred letters.
            let field = [&[0x00, 0x01, b'x', 100][..], &[b'a'; 100]].concat();
            loop {
                connection.write_all(&frame(CONTINUATION, 0, stream, &field.repeat(100)))?;
            }
        }),
        stops("HTTP/2 with a frame larger than agreed", &["127.0.0.1"], |connection, stream| {
            connection.write_all(&frame(HEADERS, END_HEADERS, stream, STATUS_200))?;
            connection.write_all(&frame(DATA, 0, stream, &vec![b'a'; 1 << 20]))
        }),
        stops("HTTP/2 with rubbish for frames", &["127.0.0.1"], |connection, _| connection.write_all(&[0xff; 4096])),
        stops("HTTP/2 that minds no window", &["broke while reading the body", "flow-control"], |connection, stream| {
            connection.write_all(&frame(HEADERS, END_HEADERS, stream, STATUS_200))?;
            loop {
                connection.write_all(&frame(DATA, 0, stream, &vec![b'a'; 16_000]))?;
            }
        }),
        case("HTTP/2 as it should be", Sees::Reads(4, &[]), |stage| {
            stage.source = "robots = false".to_owned();
            server(stage, |connection, stream| {
                // The first stream of a connection is the listing; the articles follow in the order of the listing.
                let page = if stream == 1 { newsroom::listing(0..4) } else { newsroom::article((stream as usize - 3) / 2, "") };
                connection.write_all(&answered(stream, page.as_bytes()))
            })
        }),
    ]
}
