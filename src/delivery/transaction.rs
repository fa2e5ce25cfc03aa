//! The transaction of one mail (RFC 5321 §3.3): MAIL, RCPT, DATA, the content, each reply read in step.
//!
//! If the relay supports PIPELINING (RFC 2920), the three commands are sent in one write, otherwise
//! one by one. Either way every reply is read before anything else is sent.

use std::borrow::Cow;
use std::time::Duration;

use lettre::transport::smtp::commands::{Data, Rset};
use tokio::time::timeout;

use super::reply::Reply;
use super::smtp::SmtpConnection;
use super::step::Step;
use super::transport::Envelope;
use super::transport_error::{SendError, SendResult, TransportError};

/// The result of one transaction.
pub(super) enum TransactionEnd {
    /// The transaction is complete, with this reply.
    Over(SendResult),
    /// The relay refused the mail before its content was sent; the transaction is still open.
    Open(Reply),
    /// Likewise, and the connection must not be used again.
    Broken(Reply),
}

impl SmtpConnection {
    /// Sends one mail. If the returned future is dropped, the connection becomes unusable.
    pub async fn send(&mut self, envelope: &Envelope<'_>, mail: &[u8]) -> SendResult {
        if !self.is_usable() {
            return Err(TransportError::Closed(Step::Sender).into());
        }
        if let Some(largest) = self.extensions.size.filter(|largest| mail.len() > *largest) {
            return Err(SendError::Refused(too_large(mail.len(), largest)));
        }
        if !envelope.to.is_ascii() && !self.extensions.smtputf8 {
            return Err(SendError::Refused(not_carried()));
        }
        self.usable = false; // until the transaction has a known end
        let ending = if self.extensions.pipelining {
            self.pipelined(envelope, mail).await?
        } else {
            self.sequential(envelope, mail).await?
        };
        match ending {
            TransactionEnd::Over(result) => {
                self.usable = true;
                self.accepted += u32::from(result.is_ok());
                result
            }
            TransactionEnd::Open(reply) => {
                // A refusal costs an RSET, not the connection.
                let reset = self.command(Rset, Step::Reset).await;
                self.usable = reset.is_ok_and(|reply| reply.code == 250);
                Err(SendError::Refused(reply))
            }
            TransactionEnd::Broken(reply) => Err(SendError::Refused(reply)),
        }
    }

    async fn sequential(
        &mut self,
        envelope: &Envelope<'_>,
        mail: &[u8],
    ) -> Result<TransactionEnd, SendError> {
        let from = self.extensions.mail_from(envelope, mail);
        let reply = self.command(from, Step::Sender).await?;
        if let Some(refused) = refusal(reply, Step::Sender)? {
            return Ok(TransactionEnd::Open(refused));
        }
        let to = self.extensions.rcpt_to(envelope);
        let reply = self.command(to, Step::Recipient).await?;
        if let Some(refused) = refusal(reply, Step::Recipient)? {
            return Ok(TransactionEnd::Open(refused));
        }
        let reply = self.command(Data, Step::Data).await?;
        if let Some(refused) = data_refusal(reply)? {
            return Ok(TransactionEnd::Open(refused));
        }
        self.send_content(mail).await
    }

    async fn pipelined(
        &mut self,
        envelope: &Envelope<'_>,
        mail: &[u8],
    ) -> Result<TransactionEnd, SendError> {
        let mut commands = self.extensions.mail_from(envelope, mail);
        commands.push_str(&self.extensions.rcpt_to(envelope));
        commands.push_str("DATA\r\n");
        let from = self.command(commands, Step::Sender).await?;
        let from = refusal(from, Step::Sender)?;
        let to = self.answer(Step::Recipient).await;
        let to = to.and_then(|reply| refusal(reply, Step::Recipient));
        // The relay may close after a refusal; the mail is refused nevertheless.
        let to = match (to, &from) {
            (Ok(to), _) => to,
            (Err(_), Some(refused)) => return Ok(TransactionEnd::Broken(refused.clone())),
            (Err(error), None) => return Err(error.into()),
        };
        let sender_refused = from.is_some();
        let refused = from.or(to);
        let data = self.answer(Step::Data).await.and_then(data_refusal);
        match (data, refused) {
            (Ok(None), None) => self.send_content(mail).await,
            (Ok(Some(refused)), None) | (Ok(Some(_)), Some(refused)) => {
                Ok(TransactionEnd::Open(refused))
            }
            (Err(error), None) => Err(error.into()),
            (Err(_), Some(refused)) => Ok(TransactionEnd::Broken(refused)),
            // 354 without a sender: the effect of an empty mail would be unknown.
            (Ok(None), Some(refused)) if sender_refused => Ok(TransactionEnd::Broken(refused)),
            (Ok(None), Some(refused)) => Ok(self.abort_data(refused).await),
        }
    }

    /// The relay replied 354 to DATA although it refused the recipient (RFC 2920 §3.1): sends an
    /// empty mail without recipients and reads its refusal.
    async fn abort_data(&mut self, refused: Reply) -> TransactionEnd {
        match self.command(".\r\n", Step::Acceptance).await {
            Ok(reply) if (400..=599).contains(&reply.code) => {
                TransactionEnd::Over(Err(SendError::Refused(refused)))
            }
            // A 250 is harmless, because there is no recipient, but this relay is not reliable.
            Ok(_) | Err(_) => TransactionEnd::Broken(refused),
        }
    }

    /// Sends the content, which must be sent as a whole after 354.
    async fn send_content(&mut self, mail: &[u8]) -> Result<TransactionEnd, SendError> {
        // A surplus reply would be read as the reply to the end of data.
        self.expect_silence(Step::Data)?;
        let mail = dot_stuffed(mail);
        let end: &[u8] = if mail.ends_with(b"\r\n") {
            b".\r\n"
        } else {
            b"\r\n.\r\n"
        };
        let lost = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::TimedOut => TransportError::TimedOut(Step::Mail),
            _ => TransportError::Closed(Step::Mail),
        };
        timed(self.timeouts.data, self.stream.write_parts(&mail, end))
            .await
            .map_err(|error| SendError::Relay(lost(error)))?;
        // From here on the relay may have accepted the mail.
        timed(self.timeouts.data, self.stream.flush())
            .await
            .map_err(|error| SendError::Unanswered(lost(error)))?;
        let answer = timeout(self.timeouts.accept, self.inner.read_response())
            .await
            .map_err(|_| SendError::Unanswered(TransportError::TimedOut(Step::Acceptance)))?;
        let reply = self
            .reply_of(answer, Step::Acceptance)
            .map_err(|error| match error {
                // 421 is a reply too: the mail was not accepted.
                TransportError::Closing(_) => SendError::Relay(error),
                _ => SendError::Unanswered(error),
            })?;
        match reply.code {
            250 => Ok(TransactionEnd::Over(Ok(reply))),
            400..=599 => Ok(TransactionEnd::Over(Err(SendError::Refused(
                reply.at(Step::Acceptance),
            )))),
            _ => Err(SendError::Unanswered(TransportError::InvalidReply(
                Step::Acceptance,
            ))),
        }
    }

    /// The next reply to a pipelined command.
    async fn answer(&mut self, step: Step) -> Result<Reply, TransportError> {
        let answer = timeout(self.timeouts.command, self.inner.read_response())
            .await
            .map_err(|_| TransportError::TimedOut(step))?;
        self.code_only(answer, step)
    }
}

async fn timed(
    timeouts: Duration,
    work: impl Future<Output = std::io::Result<()>>,
) -> std::io::Result<()> {
    timeout(timeouts, work)
        .await
        .unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
}

/// The refusal in the answer to MAIL or RCPT, if it is one.
fn refusal(reply: Reply, step: Step) -> Result<Option<Reply>, TransportError> {
    match reply.code {
        200..=299 => Ok(None),
        // Authentication is at fault, not this mail, and it affects every mail.
        530 | 534 | 535 | 538 => Err(TransportError::AuthenticationFailed(reply)),
        400..=599 => Ok(Some(reply.at(step))),
        _ => Err(TransportError::InvalidReply(step)),
    }
}

/// The refusal in the answer to DATA; `None` is 354.
fn data_refusal(reply: Reply) -> Result<Option<Reply>, TransportError> {
    match reply.code {
        354 => Ok(None),
        200..=299 => Err(TransportError::InvalidReply(Step::Data)),
        _ => refusal(reply, Step::Data),
    }
}

/// RFC 5321 §4.5.2. Few mails have such a line; the others are not copied.
fn dot_stuffed(mail: &[u8]) -> Cow<'_, [u8]> {
    let first = mail.starts_with(b".").then_some(0);
    let others = memchr::memmem::find_iter(mail, b"\n.").map(|at| at + 1);
    let mut dots = first.into_iter().chain(others).peekable();
    if dots.peek().is_none() {
        return Cow::Borrowed(mail);
    }
    let mut doubled = Vec::with_capacity(mail.len() + 64);
    let mut done = 0;
    for at in dots {
        doubled.extend_from_slice(&mail[done..=at]);
        doubled.push(b'.');
        done = at + 1;
    }
    doubled.extend_from_slice(&mail[done..]);
    Cow::Owned(doubled)
}

/// Our own refusal, with the codes of RFC 1870 §6: the relay would refuse the mail.
fn too_large(size: usize, largest: usize) -> Reply {
    let words = format!(
        "5.3.4 not sent: the mail is larger ({size} bytes) than the relay accepts ({largest} bytes); make the issue shorter, or have the relay's limit raised"
    );
    Reply::new(552, &words).at(Step::Sender)
}

/// Our own refusal, with the codes of RFC 6531 §3.5: the relay would treat the address as invalid.
fn not_carried() -> Reply {
    let words = "5.6.7 not sent: the address has non-ASCII characters before the at sign, and the relay does not support such addresses (SMTPUTF8); ask its operator for it, or the reader for another address";
    Reply::new(553, words).at(Step::Recipient)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn dots_are_doubled_where_lines_begin(mail in "[.a\r\n]{0,40}") {
            let doubled = dot_stuffed(mail.as_bytes());
            let expected: Vec<String> = mail
                .split('\n')
                .map(|line| if line.starts_with('.') { format!(".{line}") } else { line.to_owned() })
                .collect();
            prop_assert_eq!(doubled, expected.join("\n").into_bytes());
        }
    }
}
