//! Watch, rebuild, serve: what an author saves is on the screen at once.
//!
//! A `workshop` keeps what was read and, when something on the disk wakes it, makes of it what is `shown`: the
//! portal that a build would write. A request is answered from there: its page is made when it is asked for. Tabs wait
//! for the next change in `polls`. Nothing that is wrong with the content, the theme or the settings ends the server:
//! the last good stays, and the `panel` on a page says what is wrong.

mod find;
mod hosts;
mod network;
mod panel;
mod polls;
mod quiet;
mod range;
mod reply;
mod settle;
mod shown;
mod target;
mod watch;
mod workshop;

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use tiny_http::Request;

use crate::contract::Answered;
use crate::diagnostic::{Diagnostic, Texts};
use crate::failure::{Failure, Result};
use crate::files::Folder;
use crate::portal::Commit;

use find::Finder;
use hosts::Hosts;
use network::{Intake, Sending};
use polls::Polls;
use reply::{Answer, Counter};
use settle::Settling;
use shown::Shown;
use watch::{Places, Watch};
use workshop::{Contract, Made, Workshop};

pub use panel::EDITORS;

/// How long it must be quiet before what takes long is done: search is asked what documents state that they are found
/// by, and the index is packed into one piece.
const QUIET: Duration = Duration::from_secs(2);

/// The longest sleep: a machine that was suspended past midnight notices soon.
const SLEEP: Duration = Duration::from_mins(1);

/// How many threads answer requests.
const WORKERS: usize = 4;

/// What is served, and how.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The folder of the repository.
    pub root: PathBuf,
    /// The folder of the documents, relative to the root.
    pub content: String,
    /// The settings, relative to the root; else `clausebook.toml`.
    pub config: Option<PathBuf>,
    /// Where a build writes, relative to the root: it is not watched.
    pub output: PathBuf,
    /// The day that every state is as of; else that of the demonstration or the clock.
    pub today: Option<Date>,
    /// How many days before its date a review is due; else as the settings say.
    pub due_soon: Option<u32>,
    /// The group that the portal is shown for; `None` is everyone.
    pub audience: Option<String>,
    /// True to serve what a build writes byte by byte: no guidance, no panel, no script that waits for changes.
    pub as_published: bool,
    /// True to look at the disk by the clock instead of by its events.
    pub poll: bool,
    /// The address that opens a file in an editor, with `{path}`, `{line}` and `{column}`.
    pub editor: Option<String>,
    /// The address to listen on.
    pub host: String,
    /// The first port that is tried; 0 is any.
    pub port: u16,
    /// Names of this machine that requests may use beside `localhost`.
    pub allow_hosts: Vec<String>,
}

/// What the server asks of the world, and whom it tells.
pub struct Edge {
    /// The local date, and how long it lasts.
    pub clock: Box<dyn Fn() -> (Date, Duration) + Send + Sync>,
    /// The commit of the work tree.
    pub commit: Box<dyn Fn() -> Option<Commit> + Send + Sync>,
    /// Is told what happens.
    pub tell: Box<dyn Fn(Told) + Send + Sync>,
}

/// What happened.
#[derive(Debug)]
pub enum Told<'a> {
    /// What is on the disk was taken up, or could not be.
    Shown {
        /// Counted from 1.
        epoch: u64,
        /// How many documents there are to see.
        documents: usize,
        /// All that is wrong with the content.
        findings: &'a [Diagnostic],
        /// What findings point into.
        texts: &'a Texts,
        /// What could not be taken up, and a group to show it for that nothing names.
        failures: Vec<&'a Failure>,
        /// How long it took.
        took: Duration,
    },
    /// Something else went wrong, and the server goes on.
    Failed(&'a Failure),
    /// A request was answered.
    Answered {
        /// Its method.
        method: &'a str,
        /// Path and query, as they stood in the request.
        target: &'a str,
        /// The status of the answer.
        status: u16,
        /// The bytes of its body.
        bytes: usize,
        /// How long it took to make.
        took: Duration,
    },
}

/// What wakes the workshop.
enum Wake {
    /// Something changed on the disk.
    Disk,
    /// Search was asked.
    Asked(Box<Contract>, Vec<Answered>),
    /// The end.
    Stop,
}

/// A server that runs until it is dropped.
pub struct Server {
    desk: Arc<Desk>,
    /// Where it listens.
    pub address: SocketAddr,
    /// Why the disk is looked at by the clock, if it is.
    pub polling: Option<String>,
    wake: Sender<Wake>,
}

/// What all threads share.
struct Desk {
    settings: Settings,
    edge: Edge,
    folder: Folder,
    root: String,
    hosts: Hosts,
    shown: RwLock<Arc<Shown>>,
    finder: Finder,
    /// What search is to be asked once it is quiet, of the newest state alone: older ones would be held in memory.
    contract: Mutex<Option<Contract>>,
    /// True while a change is taken up: what takes long does not begin then.
    busy: AtomicBool,
    polls: Mutex<Polls<(Request, String)>>,
    /// Told when a poll is held.
    held: Condvar,
    sending: Sending,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Reads the repository and begins to serve it. Broken content, settings and themes are told, not refused.
    ///
    /// # Errors
    /// When there is no such folder, no file of settings where one is named, or it cannot be listened on the address.
    pub fn start(settings: Settings, edge: Edge) -> Result<Self> {
        let (listener, address) = network::listen(&settings.host, settings.port)?;
        let (today, _) = (edge.clock)();
        let begun = Instant::now();
        let mut workshop = Workshop::open(settings.clone(), today)?;
        let folder = workshop.folder().clone();
        let places = Places {
            root: folder.root().to_owned(),
            content: workshop::absolute(folder.root(), settings.content.as_ref()),
            config: {
                let name = settings.config.clone().unwrap_or_else(|| "clausebook.toml".into());
                workshop::absolute(folder.root(), &name)
            },
            output: workshop::absolute(folder.root(), &settings.output),
        };
        // Watching begins before reading: what is saved in between wakes.
        let (wake, woken) = mpsc::channel();
        let watch = Watch::new(places, settings.poll, wake.clone());
        let polling = watch.polling.clone();
        let made =
            workshop.refresh(today).ok_or_else(|| Failure::new("there is nothing to show"))?;
        tell(&edge, &made, begun.elapsed());
        let names = settings.allow_hosts.iter().chain([&settings.host]).cloned();
        let Made { shown, contract, .. } = made;
        let desk = Arc::new(Desk {
            root: folder.root().to_string_lossy().replace('\\', "/"),
            hosts: Hosts::new(names),
            folder,
            shown: RwLock::new(Arc::new(shown)),
            finder: Finder::default(),
            contract: Mutex::new(contract),
            busy: AtomicBool::new(false),
            polls: Mutex::default(),
            held: Condvar::new(),
            sending: Sending::default(),
            stop: Arc::new(AtomicBool::new(false)),
            settings,
            edge,
        });
        let (later, to_do) = mpsc::channel();
        // The receiver lives as long as the thread below.
        let _ = later.send(());
        serve_requests(&desk, listener);
        std::thread::spawn({
            let desk = Arc::clone(&desk);
            move || desk.answer_polls()
        });
        std::thread::spawn({
            let (desk, wake) = (Arc::clone(&desk), wake.clone());
            move || desk.work_when_quiet(&to_do, &wake)
        });
        std::thread::spawn({
            let desk = Arc::clone(&desk);
            move || desk.work(workshop, watch, &woken, &later)
        });
        Ok(Self { desk, address, polling, wake })
    }

    /// Which state is shown, counted from 1.
    pub fn epoch(&self) -> u64 {
        self.desk.shown().epoch
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.desk.stop.store(true, Ordering::Relaxed);
        // Threads that have ended already need no word.
        let _ = self.wake.send(Wake::Stop);
        self.desk.held.notify_all();
    }
}

fn serve_requests(desk: &Arc<Desk>, listener: std::net::TcpListener) {
    let (queue, requests) = mpsc::channel();
    let restarted = {
        let desk = Arc::clone(desk);
        Box::new(move |error: &std::io::Error| {
            let failure = Failure::new(format!("a connection could not be accepted: {error}"));
            (desk.edge.tell)(Told::Failed(&failure));
        })
    };
    Intake::new(listener, queue, Arc::clone(&desk.stop), restarted).run();
    let desk = Arc::clone(desk);
    network::workers(WORKERS, requests, move |request| desk.answer(request));
}

fn tell(edge: &Edge, made: &Made, took: Duration) {
    (edge.tell)(Told::Shown {
        epoch: made.shown.epoch,
        documents: made.shown.portal.library.entries.len(),
        findings: &made.findings,
        texts: &made.texts,
        failures: {
            let troubles = made.shown.troubles.iter().map(|trouble| &trouble.0);
            troubles.chain(&made.unknown_group).collect()
        },
        took,
    });
}

impl Desk {
    fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn contract(&self) -> MutexGuard<'_, Option<Contract>> {
        self.contract.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn polls(&self) -> MutexGuard<'_, Polls<(Request, String)>> {
        self.polls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers one request, or holds it.
    fn answer(&self, request: Request) {
        let begun = Instant::now();
        let asked = network::asked(&request);
        let shown = self.shown();
        let answer = reply::answer(
            &Counter {
                shown: &shown,
                source: &self.folder,
                commit: &*self.edge.commit,
                hosts: &self.hosts,
                finder: &self.finder,
                as_published: self.settings.as_published,
                root: &self.root,
                editor: self.settings.editor.as_deref(),
            },
            &asked,
        );
        if let Some(failure) = shown.look.untold() {
            (self.edge.tell)(Told::Failed(&failure));
        }
        match answer {
            Answer::Reply(reply) => {
                (self.edge.tell)(Told::Answered {
                    method: &asked.method,
                    target: &asked.target,
                    status: reply.status,
                    bytes: reply.body.part.len(),
                    took: begun.elapsed(),
                });
                self.sending.send(request, reply);
            }
            Answer::Hold { tab } => {
                let mut polls = self.polls();
                let mut ended = polls.hold(&tab, Instant::now(), (request, asked.target));
                // What changed since it was looked up has not been told to this one.
                if self.shown().epoch != shown.epoch {
                    ended.extend(polls.all());
                }
                drop(polls);
                self.held.notify_all();
                self.tell_tabs(ended);
            }
        }
    }

    fn tell_tabs(&self, waiting: Vec<(Request, String)>) {
        let shown = self.shown();
        for (request, target) in waiting {
            let reply = reply::changes(&shown);
            (self.edge.tell)(Told::Answered {
                method: request.method().as_str(),
                target: &target,
                status: reply.status,
                bytes: reply.body.part.len(),
                took: Duration::ZERO,
            });
            self.sending.send(request, reply);
        }
    }

    /// Answers polls that have been held long enough.
    fn answer_polls(&self) {
        let mut polls = self.polls();
        while !self.stop.load(Ordering::Relaxed) {
            let due = polls.due(Instant::now());
            if !due.is_empty() {
                drop(polls);
                self.tell_tabs(due);
                polls = self.polls();
                continue;
            }
            let wait = polls.next().map_or(polls::HELD, |next| next - Instant::now());
            let waited = self.held.wait_timeout(polls, wait);
            polls = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Shows another state, and tells those who wait for one.
    fn show(&self, shown: Shown) {
        *self.shown.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        let waiting = self.polls().all();
        self.tell_tabs(waiting);
    }

    /// Sleeps until something changes, lets it settle, and takes it up.
    fn work(
        &self,
        mut workshop: Workshop,
        mut watch: Watch,
        woken: &Receiver<Wake>,
        later: &Sender<()>,
    ) {
        let mut day = (self.edge.clock)().0;
        // How long a look took: on a slow disk the clock wakes less often.
        let mut look = Duration::ZERO;
        loop {
            let (_, left) = (self.edge.clock)();
            let nap = if watch.polling.is_some() { watch::POLL.max(look * 20) } else { SLEEP };
            match woken.recv_timeout(nap.min(left + Duration::from_millis(20))) {
                Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Wake::Asked(contract, answers)) => {
                    if !workshop.take_answers(&contract, answers) {
                        continue;
                    }
                }
                Ok(Wake::Disk) => {
                    self.busy.store(true, Ordering::Relaxed);
                    if !settled(&mut workshop, woken) {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let today = (self.edge.clock)().0;
                    if watch.polling.is_none() && std::mem::replace(&mut day, today) == today {
                        continue;
                    }
                }
            }
            self.busy.store(true, Ordering::Relaxed);
            day = (self.edge.clock)().0;
            // What lies in a folder that is newly watched may have come before it was.
            while {
                let begun = Instant::now();
                let made = catch_unwind(AssertUnwindSafe(|| workshop.refresh(day)));
                let made = made.unwrap_or_else(|_| {
                    (self.edge.tell)(Told::Failed(&fault_of_ours()));
                    None
                });
                look = begun.elapsed();
                if let Some(made) = made {
                    tell(&self.edge, &made, look);
                    self.show(made.shown);
                    if made.contract.is_some() {
                        *self.contract() = made.contract;
                    }
                    if later.send(()).is_err() {
                        return;
                    }
                }
                watch.renew()
            } {}
            self.busy.store(false, Ordering::Relaxed);
        }
    }
}

/// What is said when our own code fails: the last good state is shown on, and the next change is taken up.
fn fault_of_ours() -> Failure {
    Failure::new("what was saved last cannot be shown, by a fault of clausebook itself")
        .remedy("take back the last change, and report the fault with it and the lines above")
}

/// Waits until changes have settled; false when we are to stop.
fn settled(workshop: &mut Workshop, woken: &Receiver<Wake>) -> bool {
    let mut settling = Settling::new(Instant::now());
    loop {
        let left = settling.due().saturating_duration_since(Instant::now());
        match woken.recv_timeout(left) {
            Ok(Wake::Disk) => settling.again(Instant::now()),
            Ok(Wake::Asked(contract, answers)) => {
                workshop.take_answers(&contract, answers);
            }
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => return true,
        }
        if settling.due() <= Instant::now() {
            return true;
        }
    }
}
