//! A relay that is a directory: every mail becomes an `.eml` file. For trials, tests and the demo.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::extensions::message_id;
use super::reply::Reply;
use super::transport_error::{SendResult, TransportError};

/// The longest file name made from a Message-ID.
const LONGEST_NAME: usize = 120;

/// The directory, created with the first mail.
#[derive(Debug, Clone)]
pub struct FileRelay {
    folder: PathBuf,
}

impl FileRelay {
    /// Mails go into `folder`.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Writes one mail. The file name comes from the Message-ID, so a repeated mail replaces its
    /// file. The write is atomic.
    pub async fn send(&self, mail: &[u8]) -> SendResult {
        let name = file_name(mail);
        self.write(&name, mail)
            .await
            .map_err(|error| TransportError::File(format!("{}: {error}", self.folder.display())))?;
        Ok(Reply::new(250, &format!("2.0.0 written to {name}")))
    }

    async fn write(&self, name: &str, mail: &[u8]) -> std::io::Result<()> {
        // Two connections may write the same mail at the same time.
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let unfinished = self
            .folder
            .join(format!(".{}-{number}.part", std::process::id()));
        tokio::fs::create_dir_all(&self.folder).await?;
        let written = async {
            tokio::fs::write(&unfinished, mail).await?;
            tokio::fs::rename(&unfinished, self.folder.join(name)).await
        };
        let result = written.await;
        if result.is_err() {
            // The partial file is useless; the first error is the one to report.
            let _ = tokio::fs::remove_file(&unfinished).await;
        }
        result
    }
}

/// Letters and digits of the Message-ID; without one, the hash of the mail.
fn file_name(mail: &[u8]) -> String {
    let id = message_id(mail).map(|id| {
        id.bytes()
            .take(LONGEST_NAME)
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'@' => {
                    char::from(byte)
                }
                _ => '_',
            })
            .collect::<String>()
    });
    let stem = id
        .filter(|id| id.starts_with(|first: char| first.is_ascii_alphanumeric()))
        .unwrap_or_else(|| HEXLOWER.encode(&Sha256::digest(mail)[..16]));
    format!("{stem}.eml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_message_id_and_stay_in_the_folder() {
        let name = |head: &str| file_name(format!("{head}\r\n\r\nText").as_bytes());
        assert_eq!(
            name("To: a@b.de\r\nMessage-ID: <abc@example.org>"),
            "abc@example.org.eml"
        );
        assert_eq!(
            name("message-id:\r\n <abc@example.org>\r\nTo: x"),
            "abc@example.org.eml"
        );
        assert_eq!(name("Message-ID: <a/../../b c>"), "a_.._.._b_c.eml");
        for without in ["To: a@b.de", "Message-ID: <../../etc>", "Message-ID: <>"] {
            assert_eq!(name(without).len(), 36, "{without}");
        }
        assert!(file_name(b"no header at all").len() == 36);
    }

    #[tokio::test]
    async fn the_same_mail_again_is_the_same_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let relay = FileRelay::new(folder.path().join("mails"));
        for text in ["one", "two"] {
            let mail = format!("Message-ID: <x@example.org>\r\n\r\n{text}");
            let reply = relay.send(mail.as_bytes()).await.expect("written");
            assert_eq!(reply.words, "written to x@example.org.eml");
        }
        let files: Vec<_> = std::fs::read_dir(&relay.folder)
            .expect("the folder")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        assert_eq!(files.len(), 1);
        let text = std::fs::read_to_string(&files[0]).expect("the mail");
        assert!(text.ends_with("two"));
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_made_is_a_transport_error() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a file");
        std::fs::write(&file, "").expect("written");
        let error = FileRelay::new(file.join("mails")).send(b"x").await;
        let text = error.expect_err("a file is not a directory").to_string();
        assert!(text.contains("relay.url"), "{text}");
    }
}
