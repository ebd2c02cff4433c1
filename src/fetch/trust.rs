//! Whom TLS trusts: the certificate authorities of the machine, and those that the configuration adds.
//!
//! They are read once for all passes of a process: a store of authorities is some hundreds of files, and reading it costs more than a poll.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::error::Error;

/// How long what was read holds: `watch` may run for years, and authorities come and go.
const FRESH: Duration = Duration::from_secs(86_400);

/// A certificate authority.
pub(super) type Authority = CertificateDer<'static>;

struct Kept {
    own: Vec<Authority>,
    at: Instant,
    config: ClientConfig,
}

static KEPT: Mutex<Option<Kept>> = Mutex::new(None);

/// The certificate authorities that a file adds.
pub(super) fn authorities(file: &Path) -> Result<Vec<Authority>, Error> {
    let setup = |why: String| Error::Setup { why };
    let pem = std::fs::read(file).map_err(|error| setup(format!("cannot read `{}`: {error}", file.display())))?;
    let own: Result<Vec<Authority>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    match own {
        Ok(own) if !own.is_empty() => Ok(own),
        Ok(_) => Err(setup(format!("`{}` holds no certificates", file.display()))),
        Err(error) => Err(setup(format!("`{}` holds no certificates: {error}", file.display()))),
    }
}

/// How TLS is spoken by all clients: what is trusted, and HTTP/2 where the server has it.
pub(super) fn config(own: &[Authority]) -> Result<ClientConfig, String> {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = kept.as_ref().filter(|kept| kept.own == own && kept.at.elapsed() < FRESH) {
        return Ok(kept.config.clone());
    }
    let config = read(own).map_err(|error| error.to_string())?;
    *kept = Some(Kept { own: own.to_vec(), at: Instant::now(), config: config.clone() });
    Ok(config)
}

fn read(own: &[Authority]) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
    let builder = match Verifier::new_with_extra_roots(own.iter().cloned(), provider) {
        Ok(verifier) => builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)),
        // A machine without a store of certificate authorities gets the bundled ones.
        Err(_) => builder.with_root_certificates(bundled(own)),
    };
    let mut config = builder.with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

fn bundled(own: &[Authority]) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().chain(own).cloned());
    roots
}
