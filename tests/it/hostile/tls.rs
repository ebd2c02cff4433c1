//! TLS that must not be trusted, and handshakes that go wrong.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::stage::{self, Stage};
use super::{Case, Sees, case};
use crate::support::{Answer, Asked, Site, Stream};

/// A certificate authority of this test's own.
pub(super) struct Authority {
    certificate: rcgen::Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// What a certificate says.
pub(super) struct Leaf {
    pub(super) name: &'static str,
    /// The years of its validity.
    pub(super) years: (i32, i32),
    pub(super) self_signed: bool,
    /// The protocols that the server offers.
    pub(super) protocols: &'static [&'static [u8]],
}

impl Default for Leaf {
    fn default() -> Self {
        Self { name: "127.0.0.1", years: (2020, 2120), self_signed: false, protocols: &[b"http/1.1"] }
    }
}

impl Authority {
    pub(super) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, "Test Courier Authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2120, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self { certificate, issuer: Issuer::new(params, key) }
    }

    pub(super) fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// A TLS set-up with a certificate of this authority.
    pub(super) fn config(&self, leaf: &Leaf) -> Arc<ServerConfig> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut params = CertificateParams::new(vec![leaf.name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(leaf.years.0, 1, 1);
        params.not_after = date_time_ymd(leaf.years.1, 1, 1);
        let key = KeyPair::generate().unwrap();
        let certificate = if leaf.self_signed { params.self_signed(&key) } else { params.signed_by(&key, &self.issuer) }.unwrap();
        let chain = vec![CertificateDer::from(certificate.der().to_vec())];
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let mut config = ServerConfig::builder().with_no_client_auth().with_single_cert(chain, key).unwrap();
        config.alpn_protocols = leaf.protocols.iter().map(|name| name.to_vec()).collect();
        Arc::new(config)
    }

    /// A site that speaks HTTP/1.1 over TLS.
    pub(super) fn site(&self, leaf: Leaf, respond: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Site {
        let config = self.config(&leaf);
        let wrap = move |socket: TcpStream| {
            let connection = ServerConnection::new(Arc::clone(&config)).ok()?;
            Some(Box::new(Tls(StreamOwned::new(connection, socket))) as Box<dyn Stream>)
        };
        Site::start_wrapped("https", wrap, respond)
    }
}

/// A TLS stream of the server.
pub(super) struct Tls(pub(super) StreamOwned<ServerConnection, TcpStream>);

impl std::io::Read for Tls {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Write for Tls {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

impl Stream for Tls {
    fn socket(&self) -> &TcpStream {
        &self.0.sock
    }
}

/// A site with such a certificate; `trusted` puts the authority into the configuration.
fn site(stage: &mut Stage, leaf: Leaf, trusted: bool) -> String {
    let authority = Authority::new();
    if trusted {
        let file = stage.file("ca.pem", &authority.pem());
        stage.fetch = format!("ca-file = \"{}\"\n", file.display());
    }
    stage.put(authority.site(leaf, stage::honest))
}

/// A server that meets each connection in a way of its own instead of shaking hands.
fn rude(stage: &mut Stage, meet: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let wrap = move |socket: TcpStream| {
        meet(socket);
        None
    };
    stage.put(Site::start_wrapped("https", wrap, |_| Answer::not_found()))
}

pub(super) fn cases() -> Vec<Case> {
    let tls = |name: &str, words: &'static [&'static str], serve: fn(&mut Stage) -> String| case(name, Sees::Stops(words), serve);
    vec![
        case("TLS as it should be", Sees::Reads(4, &[]), |stage| site(stage, Leaf::default(), true)),
        tls("an expired certificate", &["no safe connection", "its certificate has expired"], |stage| {
            site(stage, Leaf { years: (2001, 2002), ..Leaf::default() }, true)
        }),
        tls("a certificate of the future", &["no safe connection", "not valid yet"], |stage| {
            site(stage, Leaf { years: (2119, 2120), ..Leaf::default() }, true)
        }),
        tls("a self-signed certificate", &["no safe connection", "by itself"], |stage| {
            site(stage, Leaf { self_signed: true, ..Leaf::default() }, true)
        }),
        tls("a certificate for another name", &["no safe connection", "its certificate is for another name"], |stage| {
            site(stage, Leaf { name: "other.example", ..Leaf::default() }, true)
        }),
        tls("an authority that nobody trusts", &["no safe connection", "unknown authority"], |stage| site(stage, Leaf::default(), false)),
        tls("plain HTTP where TLS is expected", &["no safe connection", "does not speak TLS"], |stage| {
            rude(stage, |mut socket| drop(socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")))
        }),
        tls("hung up in the handshake", &["cannot connect"], |stage| rude(stage, drop)),
        // Which of the two limits comes first, of connecting or of the first byte, is the machine's choice.
        tls("a handshake that never ends", &["error: source `hostile`: ", "127.0.0.1"], |stage| {
            rude(stage, |_socket| std::thread::sleep(Duration::from_secs(10)))
        }),
        tls("a handshake that is refused", &["no safe connection"], |stage| {
            // A fatal alert: handshake failure (RFC 8446, section 6.2).
            rude(stage, |mut socket| drop(socket.write_all(&[21, 3, 3, 0, 2, 2, 40])))
        }),
        tls("a record without end", &["127.0.0.1"], |stage| {
            rude(stage, |mut socket| while socket.write_all(&[22, 3, 3, 0x40, 0, 2, 0xff, 0xff, 0xff]).is_ok() {})
        }),
        tls("a page that TLS cuts off", &["broke while reading the body"], |stage| {
            let authority = Authority::new();
            let file = stage.file("ca.pem", &authority.pem());
            stage.fetch = format!("ca-file = \"{}\"\n", file.display());
            stage.put(authority.site(Leaf::default(), |asked| {
                let cut = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>half a page, and no farewell";
                if asked.path == "/" { Answer::raw(cut) } else { stage::honest(asked) }
            }))
        }),
    ]
}
