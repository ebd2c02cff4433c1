//! What needs a name look-up of one's own: the guard against names that change their mind, and requests that are shared.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::client::Lookup;
use super::*;

/// A server that answers everything with a page and hangs up; counts its connections.
fn serve(address: &str, pause: Duration) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(address).unwrap();
    let (address, count) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
    let connections = Arc::clone(&count);
    thread::spawn(move || {
        for mut socket in listener.incoming().filter_map(Result::ok) {
            connections.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || {
                let _ = socket.read(&mut [0; 4096]);
                thread::sleep(pause);
                let _ = socket.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 8\r\n\r\n<p>hello");
            });
        }
    });
    (address, count)
}

/// Answers look-ups with these addresses, one list after the other; the last one stays.
fn answers(lists: &[&[&str]]) -> Lookup {
    let lists: VecDeque<Vec<SocketAddr>> =
        lists.iter().map(|list| list.iter().map(|address| SocketAddr::new(address.parse().unwrap(), 0)).collect()).collect();
    let lists = Mutex::new(lists);
    Arc::new(move |_| {
        let mut lists = lists.lock().unwrap();
        let next = if lists.len() > 1 { lists.pop_front() } else { lists.front().cloned() };
        Box::pin(async move { next.ok_or_else(|| io::Error::other("failed to lookup address information: Name or service not known")) })
    })
}

/// A fetcher for which 127.0.0.2 counts as public, and 127.0.0.3 does not.
fn fetcher(lookup: Lookup) -> Fetcher {
    let options = Options {
        reachable: vec!["127.0.0.2/32".parse().unwrap()],
        robots: false,
        spacing: Duration::ZERO,
        retries: 0,
        proxy: Proxy::None,
        connect_timeout: Duration::from_secs(1),
        ..Options::default()
    };
    Fetcher::with_lookup(options, Vec::new(), lookup).unwrap()
}

async fn get(fetcher: &Fetcher, url: &str) -> Result<String, Error> {
    let (url, access) = (Url::parse(url).unwrap(), Access::default());
    match fetcher.fetch(Request { url: &url, access: &access, validators: None }).await? {
        Fetched::Page(page) => Ok(page.text),
        Fetched::NotModified => Ok(String::new()),
    }
}

#[tokio::test]
async fn a_name_that_is_public_first_and_private_next_is_refused_when_it_is_dialled() {
    let (public, public_count) = serve("127.0.0.2:0", Duration::ZERO);
    let (_, private_count) = serve(&format!("127.0.0.3:{}", public.port()), Duration::ZERO);
    let fetcher = fetcher(answers(&[&["127.0.0.2"], &["127.0.0.3"]]));
    let url = format!("http://courier.example:{}/", public.port());
    assert_eq!(get(&fetcher, &url).await.unwrap(), "<p>hello");
    let error = get(&fetcher, &url).await.unwrap_err();
    assert_eq!(error.to_string(), format!("refused to connect to `{url}`: 127.0.0.3 is a loopback address"));
    assert_eq!((public_count.load(Ordering::SeqCst), private_count.load(Ordering::SeqCst)), (1, 0));
}

#[tokio::test]
async fn of_a_name_with_public_and_private_addresses_only_the_public_ones_are_dialled() {
    let (public, _) = serve("127.0.0.2:0", Duration::ZERO);
    let (_, private_count) = serve(&format!("127.0.0.3:{}", public.port()), Duration::ZERO);
    let fetcher = fetcher(answers(&[&["127.0.0.3", "127.0.0.2", "10.0.0.1"]]));
    assert_eq!(get(&fetcher, &format!("http://courier.example:{}/", public.port())).await.unwrap(), "<p>hello");
    assert_eq!(private_count.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_name_without_an_address_is_told_as_that() {
    let error = get(&fetcher(answers(&[])), "http://nowhere.example/").await.unwrap_err();
    assert_eq!(error.code(), "dns");
    assert!(error.to_string().starts_with("cannot find the address of `nowhere.example`: "), "{error}");
    let error = get(&fetcher(answers(&[&[]])), "http://nowhere.example/").await.unwrap_err();
    assert!(matches!(error.code(), "dns" | "connect"), "{error}");
}

#[tokio::test]
async fn a_look_up_that_never_ends_is_given_up() {
    let lookup: Lookup = Arc::new(|_| Box::pin(std::future::pending()));
    let error = get(&fetcher(lookup), "http://slow.example/").await.unwrap_err();
    assert_eq!(error.to_string(), "cannot connect to `slow.example`: no answer in time");
}

#[tokio::test]
async fn the_same_page_asked_for_ten_times_at_once_is_asked_for_once() {
    let (public, count) = serve("127.0.0.2:0", Duration::from_millis(200));
    let fetcher = Arc::new(fetcher(answers(&[&["127.0.0.2"]])));
    let url = format!("http://courier.example:{}/", public.port());
    let asking: Vec<_> = (0..10)
        .map(|_| {
            let (fetcher, url) = (Arc::clone(&fetcher), url.clone());
            tokio::spawn(async move { get(&fetcher, &url).await.unwrap() })
        })
        .collect();
    for answer in asking {
        assert_eq!(answer.await.unwrap(), "<p>hello");
    }
    assert_eq!(count.load(Ordering::SeqCst), 1);
    get(&fetcher, &url).await.unwrap();
    assert_eq!(count.load(Ordering::SeqCst), 2, "later, it is asked for anew");
}

#[tokio::test]
async fn if_the_one_who_asks_gives_up_another_one_asks() {
    let (public, count) = serve("127.0.0.2:0", Duration::from_millis(300));
    let fetcher = Arc::new(fetcher(answers(&[&["127.0.0.2"]])));
    let url = format!("http://courier.example:{}/", public.port());
    let ask = || {
        let (fetcher, url) = (Arc::clone(&fetcher), url.clone());
        tokio::spawn(async move { get(&fetcher, &url).await })
    };
    let first = ask();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let second = ask();
    tokio::time::sleep(Duration::from_millis(50)).await;
    first.abort();
    assert_eq!(second.await.unwrap().unwrap(), "<p>hello");
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn hosts_of_one_site_share_its_pause() {
    let (public, _) = serve("127.0.0.2:0", Duration::ZERO);
    let began = Instant::now();
    let asked =
        HostState { host: format!("www.courier.example:{}", public.port()), last_request: Some(Timestamp::now()), ..HostState::default() };
    let mut options = Options { reachable: vec!["127.0.0.2/32".parse().unwrap()], robots: false, proxy: Proxy::None, ..Options::default() };
    (options.spacing, options.site_spacing) = (Duration::from_millis(400), Duration::from_millis(400));
    let fetcher = Fetcher::with_lookup(options, vec![asked], answers(&[&["127.0.0.2"]])).unwrap();
    get(&fetcher, &format!("http://media.courier.example:{}/", public.port())).await.unwrap();
    assert!(began.elapsed() >= Duration::from_millis(399), "the pause holds across runs and hosts: {:?}", began.elapsed());
}
