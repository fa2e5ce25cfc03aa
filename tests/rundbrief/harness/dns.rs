//! A name server on a loopback port, over UDP and TCP: it knows the TXT records that it is told.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use hickory_resolver::proto::op::{Message, ResponseCode};
use hickory_resolver::proto::rr::rdata::TXT;
use hickory_resolver::proto::rr::{RData, Record};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UdpSocket};

/// What it does with a question.
#[derive(Debug, Clone)]
pub enum Zone {
    /// These are its texts.
    Texts(Vec<String>),
    /// It answers with an error.
    Error,
    /// It says nothing.
    Silence,
}

/// The server; it ends with the runtime of its test.
pub struct NameServer {
    pub at: SocketAddr,
    zones: Arc<Mutex<BTreeMap<String, Zone>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl NameServer {
    pub async fn start() -> Self {
        // The same port for both, which another test may have taken for one of them.
        let (udp, tcp) = loop {
            let udp = UdpSocket::bind("127.0.0.1:0").await.expect("a port");
            let at = udp.local_addr().expect("bound");
            if let Ok(tcp) = TcpListener::bind(at).await {
                break (Arc::new(udp), tcp);
            }
        };
        let server = Self {
            at: udp.local_addr().expect("bound"),
            zones: Arc::default(),
            asked: Arc::default(),
        };
        let (zones, asked) = (Arc::clone(&server.zones), Arc::clone(&server.asked));
        tokio::spawn(async move {
            let mut packet = [0; 4096];
            while let Ok((length, from)) = udp.recv_from(&mut packet).await {
                if let Some(answer) = answer(&packet[..length], &zones, &asked) {
                    let bytes = answer.to_vec().expect("a message");
                    // What is too long is cut, and asked for again over TCP.
                    let bytes = if bytes.len() > 1200 {
                        answer.truncate().to_vec().expect("a message")
                    } else {
                        bytes
                    };
                    udp.send_to(&bytes, from).await.expect("sent");
                }
            }
        });
        let (zones, asked) = (Arc::clone(&server.zones), Arc::clone(&server.asked));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = tcp.accept().await {
                let (zones, asked) = (Arc::clone(&zones), Arc::clone(&asked));
                tokio::spawn(async move {
                    while let Ok(length) = stream.read_u16().await {
                        let mut packet = vec![0; length.into()];
                        let read = stream.read_exact(&mut packet).await;
                        read.expect("a question");
                        if let Some(answer) = answer(&packet, &zones, &asked) {
                            let bytes = answer.to_vec().expect("a message");
                            let length = u16::try_from(bytes.len()).expect("short");
                            stream.write_u16(length).await.expect("sent");
                            stream.write_all(&bytes).await.expect("sent");
                        }
                    }
                });
            }
        });
        server
    }

    pub fn set(&self, name: &str, zone: Zone) {
        let mut zones = self.zones.lock().expect("zones");
        zones.insert(name.to_owned(), zone);
    }

    /// These texts are the TXT records of a name.
    pub fn txt(&self, name: &str, texts: &[&str]) {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        self.set(name, Zone::Texts(texts));
    }

    /// The names that were asked for since the last call, sorted.
    pub fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("names"));
        asked.sort();
        asked.dedup();
        asked
    }
}

fn answer(
    packet: &[u8],
    zones: &Mutex<BTreeMap<String, Zone>>,
    asked: &Mutex<Vec<String>>,
) -> Option<Message> {
    let question = Message::from_vec(packet).ok()?;
    let query = question.queries.first()?.clone();
    let name = query.name().to_ascii().to_ascii_lowercase();
    let name = name.trim_end_matches('.').to_owned();
    let zone = zones.lock().expect("zones").get(&name).cloned();
    asked.lock().expect("names").push(name);
    let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
    answer.metadata.recursion_available = true;
    answer.add_query(query.clone());
    match zone {
        Some(Zone::Silence) => return None,
        Some(Zone::Error) => answer.metadata.response_code = ResponseCode::ServFail,
        None => answer.metadata.response_code = ResponseCode::NXDomain,
        Some(Zone::Texts(texts)) => {
            for text in texts {
                let strings: Vec<&[u8]> = text.as_bytes().chunks(255).collect();
                let data = RData::TXT(TXT::from_bytes(strings));
                answer.add_answer(Record::from_rdata(query.name().clone(), 60, data));
            }
        }
    }
    Some(answer)
}
