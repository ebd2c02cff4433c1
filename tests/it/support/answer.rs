//! What the local site answers: an ordinary response, or a script of bytes, pauses and breakage.

use std::time::Duration;

/// One act of a scripted answer.
#[derive(Debug, Clone)]
pub enum Step {
    /// Writes these bytes, exactly.
    Send(Vec<u8>),
    /// Waits.
    Pause(Duration),
    /// Writes these bytes over and over, this long apart, until the other side hangs up.
    Forever(Vec<u8>, Duration),
    /// Ends the connection with a reset instead of a farewell.
    Reset,
}

/// A response of the local site.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A well-behaved response; `Content-Length` is added, the connection is kept.
    Plain {
        /// The status code.
        status: u16,
        /// Headers as they are written.
        headers: Vec<(String, String)>,
        /// The body.
        body: Vec<u8>,
    },
    /// Raw bytes from the status line on; then the connection is closed.
    Script(Vec<Step>),
}

impl Answer {
    /// 200 with this type and body.
    pub fn ok(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::status(200).with("Content-Type", media_type).body(body)
    }

    /// 200 with a UTF-8 page.
    pub fn html(body: &str) -> Self {
        Self::ok("text/html; charset=utf-8", body)
    }

    /// 200 with plain text.
    pub fn text(body: &str) -> Self {
        Self::ok("text/plain; charset=utf-8", body)
    }

    /// 302 to a reference.
    pub fn redirect(location: &str) -> Self {
        Self::status(302).with("Location", location)
    }

    /// 404 with a short page.
    pub fn not_found() -> Self {
        Self::status(404).with("Content-Type", "text/html").body("<p>not found")
    }

    /// An empty response with a status.
    pub fn status(status: u16) -> Self {
        Self::Plain { status, headers: Vec::new(), body: Vec::new() }
    }

    /// Exact bytes, then the end of the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::Script(vec![Step::Send(bytes.into())])
    }

    /// With one more header. Without effect on a script.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        if let Self::Plain { headers, .. } = &mut self {
            headers.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// With this body. Without effect on a script.
    #[must_use]
    pub fn body(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        if let Self::Plain { body, .. } = &mut self {
            *body = bytes.into();
        }
        self
    }
}
