//! Getting pages from the network, politely.
