//! `serve`.

use std::net::SocketAddr;

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::config::Config;

use super::{Failure, runtime, stop_signal};

/// Serve the feeds over HTTP.
#[derive(Debug, clap::Args)]
#[command(after_help = "Only this machine can connect, unless another address is given; put a web server in front for the public.")]
pub(super) struct Arguments {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8808")]
    listen: SocketAddr,
}

/// Serves until a signal comes.
pub(super) fn serve(config: &Config, arguments: &Arguments) -> Result<(), Failure> {
    runtime()?.block_on(async {
        let listener = TcpListener::bind(arguments.listen)
            .await
            .with_context(|| format!("cannot listen on `{}`", arguments.listen))
            .map_err(|error| Failure::Stopped(error, Some("`--listen` names another address".to_owned())))?;
        anstream::eprintln!("serving {} at http://{}/", config.publish.dir.display(), listener.local_addr()?);
        Ok(crate::serve::serve(config.clone(), listener, stop_signal()()).await?)
    })
}
