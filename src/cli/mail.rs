//! `rundbrief mail`: trying out the relay.

use crate::app::installation::TestMail;
use crate::delivery::signing::Keychain;
use crate::delivery::{Envelope, Relays, Transport};
use crate::digest::mime::Notice;
use crate::store::new_uuid;
use anyhow::{Context as _, bail};
use std::process::ExitCode;
use templates::mails::{self, test::TestView};

use clap::Subcommand;

use super::Context;
use crate::domain::address::Address;

/// `rundbrief mail`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Send a short test mail and print the relay's answer
    Test(Test),
}

/// `rundbrief mail test`.
#[derive(Debug, clap::Args)]
pub struct Test {
    /// The recipient
    #[arg(value_parser = Address::parse)]
    pub address: Address,

    /// The relay, by the name of its section; `main` is `[relay]` [default: the first one that is
    /// configured]
    #[arg(long, value_name = "NAME")]
    pub relay: Option<String>,

    /// Print JSON, for machines
    #[arg(long)]
    pub json: bool,
}

/// Runs one of these commands.
pub async fn run(command: Command, context: &mut Context) -> anyhow::Result<ExitCode> {
    let Command::Test(args) = command;
    let relays = context.relays(None)?;
    let transport = transport(&relays, args.relay.as_deref())?;
    let (name, sender) = context.config.system_sender();
    let now = context.clock.now();
    let language = context.config.languages.default;
    let view = TestView {
        sent_at: now.utc().naive_utc(),
        relay: transport.name().to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let notice = Notice {
        from_name: &name,
        from: &sender,
        to: &args.address,
        message_id: &format!("{}@{}", new_uuid(now), sender.domain()),
        date: now,
        language,
        form_host: None,
    };
    let bytes = notice.bytes(&mails::test::mail(
        &context.mail_context().site(language),
        &view,
    ));
    // The relay can be tested before there is a key or a database.
    let keychain = if context.config.security.keyring().is_ok() {
        context.keychain(&context.store().await?).await?
    } else {
        Keychain::none()
    };
    let signer = keychain.signer().await?;
    let signed_by: Vec<_> = signer
        .keys_for(sender.domain())
        .map(|key| format!("{}/{}", key.domain(), key.selector()))
        .collect();
    let bytes = keychain.signed(bytes).await?;
    let result = transport
        .send(
            &Envelope {
                from: &sender,
                to: &args.address,
            },
            &bytes,
        )
        .await;
    let reply = result.with_context(|| {
        format!(
            "the mail to {} was not sent over {}",
            args.address,
            transport.name()
        )
    })?;
    if args.json {
        context.out.json(&TestMail {
            relay: transport.name().to_owned(),
            code: reply.code,
            status: reply.status,
            reply: reply.words,
            signed_by,
        })?;
    } else {
        context.out.line(format_args!(
            "{} accepted the mail: {reply}",
            transport.name()
        ))?;
        if signed_by.is_empty() {
            context.out.line("It is not signed (DKIM). Unless the relay signs, make keys with `rundbrief dkim new`.")?;
        } else {
            context.out.line(format_args!(
                "It is signed (DKIM) by {}.",
                signed_by.join(" and ")
            ))?;
        }
        context
            .out
            .line("Check that it arrives, and that it is not in the spam folder.")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The relay of this name, or the first one.
fn transport<'a>(relays: &'a Relays, name: Option<&str>) -> anyhow::Result<&'a Transport> {
    let Some(name) = name.or_else(|| relays.names().next()) else {
        bail!("no relay is configured; set [relay] url");
    };
    let known: Vec<_> = relays.names().collect();
    relays.named(name).with_context(|| {
        let known = known.join(", ");
        format!("there is no relay “{name}”; there are: {known}")
    })
}
