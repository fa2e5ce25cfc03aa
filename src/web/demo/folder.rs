//! The folder that the relay `file:DIR` writes mails into, read again.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use mail_parser::{Addr, Address, HeaderValue, Message, MessageParser};

use crate::domain::timestamp::Timestamp;

/// Mails that are listed at most; a demonstration that runs for days shows the newest.
const MOST_LISTED: usize = 200;
/// Bytes of a mail that hold its headers.
const HEAD: u64 = 16 * 1024;
/// Mails larger than this were not written by us.
const LARGEST: u64 = 1_000_000;

/// The folder, and the zone its mails' times are told in.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    /// Whose mails give way to a visitor's.
    crowd: HashSet<String>,
    /// The zone for people.
    pub(super) zone: chrono_tz::Tz,
}

/// What the list says of a mail.
#[derive(Debug, Clone)]
pub(super) struct Mail {
    /// Its file's name without `.eml`.
    pub(super) name: String,
    pub(super) subject: String,
    pub(super) from: String,
    pub(super) to: String,
    /// The address in it.
    address: String,
    /// Its `Date`.
    pub(super) date: Timestamp,
    written: SystemTime,
}

/// A whole mail.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) mail: Mail,
    pub(super) html: String,
    pub(super) text: String,
    pub(super) source: String,
}

impl Folder {
    /// A folder that need not exist yet. Mails to one of the `crowd` (addresses in lower case) are
    /// listed below the other mails of the same minute.
    pub const fn new(path: PathBuf, zone: chrono_tz::Tz, crowd: HashSet<String>) -> Self {
        Self { path, crowd, zone }
    }

    /// The mails, newest first. An issue goes to many at the same time: a visitor does not have to
    /// look for the own mail among them.
    pub(super) fn list(&self) -> std::io::Result<Vec<Mail>> {
        let files = match std::fs::read_dir(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other?,
        };
        let mut mails = Vec::new();
        for file in files {
            let path = file?.path();
            if let Some(name) = name_of(&path)
                && let Some(mail) = head(&path, name)
            {
                mails.push(mail);
            }
        }
        mails.sort_by_cached_key(|mail| Reverse(self.rank(mail)));
        mails.truncate(MOST_LISTED);
        Ok(mails)
    }

    fn rank(&self, mail: &Mail) -> (i64, bool, Timestamp, SystemTime, String) {
        const MINUTE: i64 = 60_000_000;
        let visitor = !self.crowd.contains(&mail.address.to_lowercase());
        let minute = mail.date.micros().div_euclid(MINUTE);
        (minute, visitor, mail.date, mail.written, mail.name.clone())
    }

    /// The mail of this name; none where there is no such file.
    pub(super) fn open(&self, name: &str) -> std::io::Result<Option<Opened>> {
        if !is_name(name) {
            return Ok(None);
        }
        let path = self.path.join(format!("{name}.eml"));
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Ok(file) if file.len() > LARGEST => return Ok(None),
            other => other?,
        };
        let bytes = std::fs::read(&path)?;
        let Some((mail, message)) = head(&path, name).zip(MessageParser::new().parse(&bytes))
        else {
            return Ok(None);
        };
        let part = |body: Option<std::borrow::Cow<'_, str>>| {
            body.map(std::borrow::Cow::into_owned).unwrap_or_default()
        };
        Ok(Some(Opened {
            mail,
            html: part(message.body_html(0)),
            text: part(message.body_text(0)),
            source: String::from_utf8_lossy(&bytes).into_owned(),
        }))
    }
}

/// Whether this can be the name of a mail: it comes from a URL and must not lead elsewhere.
fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@');
    (1..=200).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(fits)
}

fn name_of(path: &Path) -> Option<&str> {
    let name = path.file_name()?.to_str()?.strip_suffix(".eml")?;
    is_name(name).then_some(name)
}

/// The headers of a file; none where it went away meanwhile or is no mail.
fn head(path: &Path, name: &str) -> Option<Mail> {
    let file = std::fs::File::open(path).ok()?;
    let written = file.metadata().ok()?.modified().ok()?;
    let mut bytes = Vec::new();
    file.take(HEAD).read_to_end(&mut bytes).ok()?;
    let message = MessageParser::new().parse_headers(&bytes)?;
    let seconds = message.date()?.to_timestamp();
    Some(Mail {
        name: name.to_owned(),
        subject: message.subject().unwrap_or_default().to_owned(),
        from: who(&message, "From"),
        to: who(&message, "To"),
        address: address(&message, "To").to_owned(),
        date: Timestamp::from_micros(seconds.saturating_mul(1_000_000)),
        written,
    })
}

/// Who stands in a header, as people read it.
fn who(message: &Message<'_>, header: &'static str) -> String {
    let address = address(message, header);
    let name = first(message, header).and_then(|one| one.name());
    name.map_or_else(|| address.to_owned(), |name| format!("{name} <{address}>"))
}

fn address<'a>(message: &'a Message<'_>, header: &'static str) -> &'a str {
    let one = first(message, header).and_then(|one| one.address());
    one.unwrap_or_default()
}

fn first<'a>(message: &'a Message<'_>, header: &'static str) -> Option<&'a Addr<'a>> {
    match message.header(header)? {
        HeaderValue::Address(Address::List(all)) => all.first(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(date: &str, to: &str) -> String {
        format!(
            "From: =?utf-8?q?B=C3=BCro?= <buero@example.org>\r\nTo: {to}\r\nSubject: Hallo\r\nDate: {date}\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n\
             --x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nText\r\n\
             --x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>HTML</p>\r\n--x--\r\n"
        )
    }

    #[test]
    fn lists_the_newest_first_and_opens_one() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(
            dir.path().join("mails"),
            chrono_tz::Europe::Berlin,
            HashSet::from(["crowd@example.org".to_owned()]),
        );
        assert!(folder.list().expect("no folder yet").is_empty());
        std::fs::create_dir(dir.path().join("mails")).expect("a folder");
        for (name, date, to) in [
            ("a@x", "Mon, 16 Nov 2026 10:00:00 +0100", "eva@example.org"),
            ("b@x", "Mon, 23 Nov 2026 10:00:00 +0100", "eva@example.org"),
            (
                "c@x",
                "Mon, 23 Nov 2026 10:00:02 +0100",
                "Crowd@example.org",
            ),
        ] {
            let path = dir.path().join("mails").join(format!("{name}.eml"));
            std::fs::write(path, mail(date, to)).expect("written");
        }
        std::fs::write(dir.path().join("mails/.c.part"), "half").expect("written");
        std::fs::write(dir.path().join("secret.eml"), mail("", "")).expect("written");
        let names: Vec<_> = folder.list().expect("a list");
        assert_eq!(
            names.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(),
            ["b@x", "c@x", "a@x"]
        );
        assert_eq!(names[0].from, "Büro <buero@example.org>");
        let opened = folder.open("a@x").expect("readable").expect("there");
        assert_eq!(
            (opened.text.trim(), opened.html.trim()),
            ("Text", "<p>HTML</p>")
        );
        for bad in ["../secret", "d@x", "", ".c", "a@x/../a@x"] {
            assert!(folder.open(bad).expect("an answer").is_none(), "{bad}");
        }
    }
}
