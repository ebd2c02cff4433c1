//! A stream that counts what is written: how much a client let itself be sent.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Stream;

/// A stream and its count.
pub(super) struct Counted {
    stream: Box<dyn Stream>,
    sent: Arc<AtomicU64>,
}

impl Counted {
    pub(super) fn new(stream: Box<dyn Stream>, sent: Arc<AtomicU64>) -> Self {
        Self { stream, sent }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.read(buffer)
    }
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.stream.write(bytes)?;
        self.sent.fetch_add(written as u64, Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Stream for Counted {
    fn socket(&self) -> &TcpStream {
        self.stream.socket()
    }
}
