//! What can stop a request. One variant for each thing that someone would act on differently.

use std::time::Duration;

use jiff::Timestamp;

use crate::url::Url;

/// Why a page could not be had. `Display` is one line for people, [`Error::code`] is for programs and the health record.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Only `http` and `https` are spoken.
    #[error("cannot fetch `{url}`: expected an http or https address")]
    Scheme {
        /// The address.
        url: Url,
    },
    /// The address guard refused to dial.
    #[error("refused to connect to `{url}`: {address} is {why}")]
    Address {
        /// The address that was to be fetched.
        url: Url,
        /// The host or IP address that was refused.
        address: String,
        /// What kind of address that is, with its article.
        why: String,
    },
    /// The site's robots.txt asks robots to stay away from this page.
    #[error("robots.txt of `{host}` disallows `{url}` (rule `{rule}`)")]
    Robots {
        /// The address.
        url: Url,
        /// Whose robots.txt.
        host: String,
        /// The line that says so.
        rule: String,
    },
    /// robots.txt answers with an error of the server, which RFC 9309 reads as "stay away for now".
    #[error("robots.txt of `{host}` cannot be read ({why}), so its pages are left alone until {until}")]
    RobotsUnreachable {
        /// Whose robots.txt.
        host: String,
        /// What happened.
        why: String,
        /// When it will be asked for again.
        until: Timestamp,
    },
    /// The host asked for a pause, or failed so often that it gets one.
    #[error("`{host}` is left alone until {until}: {why}")]
    HeldBack {
        /// The host.
        host: String,
        /// When the next request is due.
        until: Timestamp,
        /// Who asked for it.
        why: String,
    },
    /// A budget of this run is used up.
    #[error("did not fetch `{url}`: {why}")]
    Budget {
        /// The address.
        url: Url,
        /// Which budget.
        why: String,
    },
    /// The host's name has no address.
    #[error("cannot find the address of `{host}`: {why}")]
    Dns {
        /// The name.
        host: String,
        /// What the resolver said.
        why: String,
    },
    /// No connection came about.
    #[error("cannot connect to `{host}`: {why}")]
    Connect {
        /// The host.
        host: String,
        /// What the system said.
        why: String,
    },
    /// The connection is not safe.
    #[error("no safe connection to `{host}`: {why}")]
    Tls {
        /// The host.
        host: String,
        /// What is wrong with the certificate or the handshake.
        why: String,
    },
    /// Something took too long.
    #[error("gave up on `{url}`: {phase} took longer than {limit:?}")]
    Timeout {
        /// The address.
        url: Url,
        /// What took too long: `connecting`, `the first byte`, `a pause in the body`, `the whole page`.
        phase: &'static str,
        /// The limit that was passed.
        limit: Duration,
    },
    /// The connection ended early.
    #[error("the connection to `{host}` broke while {phase}: {why}")]
    Broken {
        /// The host.
        host: String,
        /// `waiting for the answer` or `reading the body`.
        phase: &'static str,
        /// What the system said.
        why: String,
    },
    /// What came is not HTTP, or not as announced.
    #[error("`{url}` sent a malformed answer: {why}")]
    Malformed {
        /// The address.
        url: Url,
        /// What is wrong.
        why: String,
    },
    /// A cap on size was passed.
    #[error("gave up on `{url}`: {what} is larger than {limit} bytes")]
    TooLarge {
        /// The address.
        url: Url,
        /// `its body` or `its header`.
        what: &'static str,
        /// The cap.
        limit: u64,
    },
    /// A body that unpacks to far more than a page ever does.
    #[error("gave up on `{url}`: its body unpacks to more than {ratio} times its size")]
    Bomb {
        /// The address.
        url: Url,
        /// The cap on unpacked to packed size.
        ratio: u32,
    },
    /// What came is no text.
    #[error("`{url}` is no page: expected text, got `{media_type}`")]
    NotText {
        /// The address.
        url: Url,
        /// What the server says it is.
        media_type: String,
    },
    /// The server answered with an error.
    #[error("`{url}` answered {status}{}", reason(*status))]
    Status {
        /// The address.
        url: Url,
        /// The HTTP status.
        status: u16,
    },
    /// A gate for robots, named where it can be told.
    #[error("`{url}` is behind a check for robots ({by}, status {status})")]
    Wall {
        /// The address.
        url: Url,
        /// Whose check.
        by: String,
        /// The HTTP status.
        status: u16,
    },
    /// Redirects that lead nowhere.
    #[error("gave up on `{url}`: {why}")]
    Redirect {
        /// The address that was asked for.
        url: Url,
        /// `it redirects in a circle`, `more than 10 redirects`.
        why: String,
    },
    /// A page is to be rendered, and there is no browser for it.
    #[error("cannot render: {why}")]
    NoBrowser {
        /// What is missing, or why what is there does not start.
        why: String,
    },
    /// The browser failed at a page.
    #[error("could not render `{url}`: {why}")]
    Browser {
        /// The address.
        url: Url,
        /// What happened.
        why: String,
    },
    /// A saved page that cannot be read.
    #[error("cannot read `{path}`: {why}")]
    File {
        /// The path.
        path: String,
        /// What the system said.
        why: String,
    },
    /// The options of the fetcher do not work.
    #[error("cannot set up the fetcher: {why}")]
    Setup {
        /// What is wrong.
        why: String,
    },
}

impl Error {
    /// A stable, hyphenated word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Scheme { .. } => "scheme",
            Self::Address { .. } => "address-refused",
            Self::Robots { .. } => "robots-disallowed",
            Self::RobotsUnreachable { .. } => "robots-unreachable",
            Self::HeldBack { .. } => "held-back",
            Self::Budget { .. } => "budget",
            Self::Dns { .. } => "dns",
            Self::Connect { .. } => "connect",
            Self::Tls { .. } => "tls",
            Self::Timeout { .. } => "timeout",
            Self::Broken { .. } => "connection-broken",
            Self::Malformed { .. } => "malformed",
            Self::TooLarge { .. } => "too-large",
            Self::Bomb { .. } => "bomb",
            Self::NotText { .. } => "not-text",
            Self::Status { status: 404 | 410, .. } => "gone",
            Self::Status { status: 401 | 403 | 407 | 451, .. } => "forbidden",
            Self::Status { status: 429, .. } => "too-many-requests",
            Self::Status { status: 500.., .. } => "server-error",
            Self::Status { .. } => "status",
            Self::Wall { .. } => "bot-wall",
            Self::Redirect { .. } => "redirect",
            Self::NoBrowser { .. } => "no-browser",
            Self::Browser { .. } => "browser",
            Self::File { .. } => "file",
            Self::Setup { .. } => "setup",
        }
    }

    /// Whether the same request may work later, with nothing changed on our side.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::RobotsUnreachable { .. }
            | Self::HeldBack { .. }
            | Self::Budget { .. }
            | Self::Dns { .. }
            | Self::Connect { .. }
            | Self::Timeout { .. }
            | Self::Broken { .. } => true,
            Self::Status { status, .. } => matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504 | 520..=530),
            _ => false,
        }
    }

    /// When the next try makes sense, where that is known.
    pub fn retry_at(&self) -> Option<Timestamp> {
        match self {
            Self::HeldBack { until, .. } | Self::RobotsUnreachable { until, .. } => Some(*until),
            _ => None,
        }
    }

    /// What the user can do about it, in a sentence without a period.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Scheme { .. } => "saved pages are read from a path or `file:` address in the config only",
            Self::Address { .. } => {
                "only a source whose own `url` is at a private address may be read from there; for a public name with a private address \
                 set `private = true` on the source, for a network of your own list it in `[fetch] reachable`"
            }
            Self::File { path, .. } if looks_like_an_address(path) => {
                return Some(format!("if this is an address on the web, write `https://{path}`"));
            }
            Self::Robots { .. } => "ask the site's owner, or set `robots = false` on the source if you may read it all the same",
            Self::Tls { .. } => "if the site uses a certificate authority of its own, name its file in `[fetch] ca-file`",
            Self::NoBrowser { why } if why.contains("sandbox") => {
                "run feedwright as an ordinary user on a system that lets programs make user namespaces; in a container that is a wall \
                 of its own, `[fetch] chromium-sandbox = false` does without"
            }
            Self::NoBrowser { .. } => {
                "install Chromium (Debian: `apt install chromium`), or name it in `[fetch] chromium` or in `FEEDWRIGHT_CHROMIUM`"
            }
            Self::Timeout { phase: super::browser::PHASE, .. } => "if its scripts are just slow, raise `render-timeout` in `[fetch]`",
            Self::Timeout { .. } => "if the site is just slow, raise the time-outs in `[fetch]`",
            Self::TooLarge { .. } => "if the page is really that large, raise `max-bytes` in `[fetch]`",
            Self::Status { status: 407, .. } => {
                "put the proxy's login into its address: in the environment, `HTTPS_PROXY=http://user:password@…`"
            }
            Self::Status { status: 401, .. } => "give the source a login with `auth`",
            Self::Status { status: 404 | 410, .. } => "the page has moved or is gone: look it up in a browser",
            Self::Wall { .. } => "the site lets only browsers in: look for a feed of its own, or ask its owner to admit your user agent",
            Self::Budget { .. } => "the rest is read at the next run; `max-requests` and `max-time` are in `[fetch]`",
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

/// `cityhall.example/press`: a host's name, and no path of this machine.
fn looks_like_an_address(path: &str) -> bool {
    let host = path.split('/').next().unwrap_or("");
    let end = host.rsplit('.').next().unwrap_or("");
    host.contains('.') && !host.starts_with('.') && end.len() >= 2 && end.chars().all(char::is_alphabetic) && path.contains('/')
}

fn reason(status: u16) -> &'static str {
    match status {
        400 => " (bad request)",
        401 => " (login required)",
        403 => " (forbidden)",
        404 => " (not found)",
        407 => " (the proxy wants a login)",
        410 => " (gone)",
        429 => " (too many requests)",
        451 => " (unavailable for legal reasons)",
        500 => " (internal server error)",
        502 => " (bad gateway)",
        503 => " (unavailable)",
        504 => " (gateway timeout)",
        _ => "",
    }
}
