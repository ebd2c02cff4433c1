//! The feed directory over HTTP.
