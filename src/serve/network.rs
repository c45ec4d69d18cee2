//! The listening socket and what comes in by it.
//!
//! `tiny_http` reads requests, a thread a connection, and hands them over. It knows no time limits, and lets the end of an
//! answer wait: the listening socket has limits and does not wait, and accepted ones inherit that on Linux. It bounds no
//! line of a request: what is too large is refused once it is read. An accept error ends its accept thread: it is started
//! anew on a clone of the socket, while what the old one has open is answered on. Such an error is also the time limit of
//! the listening socket itself, which passes whenever nobody comes; and where a connection is one file too many, its
//! accept thread panics. Two connections that come at one moment may be given to one thread of its pool: the second waits
//! until the first falls silent. So silence is short.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use socket2::{Domain, Protocol, Socket, Type};
use tiny_http::{Header, Request, Response, Server, StatusCode};

use super::reply::{Asked, Reply};
use crate::failure::{Failure, Result};

/// How long a reader may be silent within a request, or between two on one connection.
const READ: Duration = Duration::from_secs(1);
/// How long a server that takes no new connections is kept for those that it has: the last may have waited for another.
const DRAIN: Duration = Duration::from_secs(4);
/// How long a reader may take nothing of an answer.
const WRITE: Duration = Duration::from_secs(10);
/// How many ports are tried from the one that is asked for.
const PORTS: u16 = 100;
/// How many answers are under way at once; more wait for their turn in the threads that make them.
const UNDER_WAY: usize = 64;

/// Binds to the first free port from `port` on; port 0 is any.
///
/// # Errors
/// When the host is not one of this machine's, or no port is free.
pub(super) fn listen(host: &str, port: u16) -> Result<(TcpListener, SocketAddr)> {
    let address = resolve(host)?;
    let last = if port == 0 { 0 } else { port.saturating_add(PORTS - 1) };
    let mut refused = None;
    for port in port..=last {
        match bind(SocketAddr::new(address, port)) {
            Ok(listener) => {
                let bound = listener.local_addr();
                let bound = bound.unwrap_or_else(|_| SocketAddr::new(address, port));
                return Ok((listener, bound));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => {
                return Err(Failure::new(format!("cannot listen on {host}, port {port}: {error}"))
                    .remedy("name another with `--host` and `--port`"));
            }
        }
    }
    let why = refused.map_or_else(String::new, |error| format!(": {error}"));
    Err(Failure::new(format!("no port from {port} to {last} is free{why}"))
        .remedy("name another with `--port`, or 0 for any"))
}

fn resolve(host: &str) -> Result<IpAddr> {
    let plain = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = plain.parse() {
        return Ok(address);
    }
    let mut found =
        (plain, 0).to_socket_addrs().map(Iterator::collect::<Vec<_>>).unwrap_or_default();
    // The older kind is the one that every program on a machine reaches.
    found.sort_by_key(|address| !address.is_ipv4());
    found.first().map(SocketAddr::ip).ok_or_else(|| {
        Failure::new(format!("`{host}` is no host"))
            .remedy("name one with `--host`, such as 127.0.0.1")
    })
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(Protocol::TCP))?;
    // On Windows this would let two servers have one port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.set_read_timeout(Some(READ))?;
    socket.set_write_timeout(Some(WRITE))?;
    // The end of an answer is sent at once, not when its beginning is acknowledged, which takes some 40 ms where a
    // connection is used again.
    socket.set_tcp_nodelay(true)?;
    socket.bind(&address.into())?;
    socket.listen(128)?;
    Ok(socket.into())
}

/// What takes requests in and hands them to whoever answers.
pub(super) struct Intake {
    listener: TcpListener,
    queue: Sender<Request>,
    stop: Arc<AtomicBool>,
    /// Told when a server had to be started anew, with why.
    restarted: Box<dyn Fn(&io::Error) + Send + Sync>,
}

/// How many threads of `tiny_http` have panicked: its accept thread tells of its end in no other way.
static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Counts the panics of `tiny_http`, once for the whole process; all others are told as ever.
fn count_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let told = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if panic.location().is_some_and(|location| location.file().contains("tiny_http")) {
                PANICS.fetch_add(1, Ordering::Relaxed);
            } else {
                told(panic);
            }
        }));
    });
}

impl Intake {
    pub(super) fn new(
        listener: TcpListener,
        queue: Sender<Request>,
        stop: Arc<AtomicBool>,
        restarted: Box<dyn Fn(&io::Error) + Send + Sync>,
    ) -> Arc<Self> {
        count_panics();
        Arc::new(Self { listener, queue, stop, restarted })
    }

    /// Takes requests in until told to stop, in threads of its own.
    pub(super) fn run(self: &Arc<Self>) {
        let intake = Arc::clone(self);
        std::thread::spawn(move || intake.take());
    }

    fn take(self: &Arc<Self>) {
        let panics = PANICS.load(Ordering::Relaxed);
        let Some(server) = self.server() else { return };
        let ended = loop {
            let next = server.recv_timeout(Duration::from_millis(250));
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            match next {
                Ok(Some(request)) => {
                    if self.queue.send(request).is_err() {
                        return;
                    }
                }
                Ok(None) => {}
                Err(error) => break error,
            }
            if PANICS.load(Ordering::Relaxed) != panics {
                break io::Error::other("there are too many open files");
            }
        };
        // That nobody came for a while is no news.
        if !matches!(ended.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) {
            (self.restarted)(&ended);
            // What stands in the way takes a while to pass.
            std::thread::sleep(Duration::from_millis(100));
        }
        self.run();
        self.drain(&server);
    }

    /// Goes on with the connections that a server has which takes no new ones, until all of them must have ended.
    fn drain(&self, server: &Server) {
        let mut last = Instant::now();
        while last.elapsed() < DRAIN && !self.stop.load(Ordering::Relaxed) {
            if let Ok(Some(request)) = server.recv_timeout(Duration::from_millis(500)) {
                last = Instant::now();
                if self.queue.send(request).is_err() {
                    return;
                }
            }
        }
    }

    /// A server on a clone of the socket; `None` when we are to stop.
    fn server(&self) -> Option<Server> {
        while !self.stop.load(Ordering::Relaxed) {
            let clone = self.listener.try_clone();
            match clone.map(|listener| Server::from_listener(listener, None)) {
                Ok(Ok(server)) => return Some(server),
                // A clone is a file more: it is tried until one is free.
                _ => std::thread::sleep(Duration::from_millis(100)),
            }
        }
        None
    }
}

/// The threads that answer. Each calls `answer` with a request.
pub(super) fn workers(
    count: usize,
    queue: mpsc::Receiver<Request>,
    answer: impl Fn(Request) + Send + Sync + 'static,
) {
    let (queue, answer) = (Arc::new(Mutex::new(queue)), Arc::new(answer));
    for _ in 0..count {
        let (queue, answer) = (Arc::clone(&queue), Arc::clone(&answer));
        std::thread::spawn(move || {
            loop {
                let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
                let Ok(request) = next else { return };
                // What a request brings down is that request alone; dropped, it is answered with 500.
                let answered = std::panic::AssertUnwindSafe(|| answer(request));
                let _ = std::panic::catch_unwind(answered);
            }
        });
    }
}

/// A request as it is answered.
pub(super) fn asked(request: &Request) -> Asked {
    Asked {
        method: request.method().to_string(),
        target: request.url().to_owned(),
        headers: request
            .headers()
            .iter()
            .map(|header| {
                (
                    header.field.as_str().as_str().to_ascii_lowercase(),
                    header.value.as_str().to_owned(),
                )
            })
            .collect(),
    }
}

/// Sends replies, each in a thread of its own, so that a reader who takes its time keeps nobody waiting.
#[derive(Debug, Clone, Default)]
pub(super) struct Sending(Arc<AtomicUsize>);

impl Sending {
    pub(super) fn send(&self, request: Request, reply: Reply) {
        let here = Arc::clone(&self.0);
        if here.fetch_add(1, Ordering::Relaxed) >= UNDER_WAY {
            write(request, reply);
            here.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        let sending = std::thread::Builder::new().name("reply".to_owned());
        let done = Arc::clone(&here);
        let sent = sending.spawn(move || {
            write(request, reply);
            done.fetch_sub(1, Ordering::Relaxed);
        });
        if sent.is_err() {
            here.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

fn write(request: Request, reply: Reply) {
    let Reply { status, headers, body } = reply;
    let headers: Vec<Header> = headers
        .iter()
        .filter_map(|(name, value)| Header::from_bytes(name.as_bytes(), value.as_bytes()).ok())
        .collect();
    let bytes = io::Cursor::new(Part(body.bytes, body.part));
    let response = Response::new(StatusCode(status), headers, bytes, Some(body.length), None)
        // A length that is known is told.
        .with_chunked_threshold(usize::MAX);
    // A reader that went away wants nothing more.
    let _ = request.respond(response);
}

/// A part of bytes that are shared.
struct Part(Arc<[u8]>, std::ops::Range<usize>);

impl AsRef<[u8]> for Part {
    fn as_ref(&self) -> &[u8] {
        self.0.get(self.1.clone()).unwrap_or_default()
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn accepted_connections_inherit_the_time_limits_and_do_not_wait() {
        let (listener, address) = listen("127.0.0.1", 0).expect("a port is free");
        let _reader = TcpStream::connect(address).expect("it listens");
        let (accepted, _) = listener.accept().expect("it is there");
        assert_eq!(accepted.read_timeout().expect("it is known"), Some(READ));
        assert_eq!(accepted.write_timeout().expect("it is known"), Some(WRITE));
        assert!(accepted.nodelay().expect("it is known"));
    }
}
