//! The migrations, embedded by `build.rs` from `migrations/sqlite` and `migrations/postgres`.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Version, description, SQL.
type Embedded = (i64, &'static str, &'static str);

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

/// Those of SQLite.
pub(super) fn sqlite() -> Migrator {
    migrator(SQLITE)
}

/// Those of PostgreSQL.
pub(super) fn postgres() -> Migrator {
    migrator(POSTGRES)
}

fn migrator(embedded: &[Embedded]) -> Migrator {
    let migrations = embedded.iter().map(|(version, description, sql)| {
        let (description, sql) = ((*description).into(), (*sql).into_sql_str());
        Migration::new(*version, description, MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Existing databases store a checksum of each migration and reject another one.
    #[tokio::test]
    async fn embedded_migrations_are_those_that_sqlx_reads_from_the_folders() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        for (name, embedded) in [("sqlite", sqlite()), ("postgres", postgres())] {
            let read = Migrator::new(folder.join(name)).await.expect("migrations");
            let told = |migrator: &Migrator| -> Vec<_> {
                let all = migrator.iter();
                all.map(|one| {
                    (
                        one.version,
                        one.description.clone(),
                        one.migration_type,
                        one.no_tx,
                        one.checksum.clone(),
                    )
                })
                .collect()
            };
            assert_eq!(told(&embedded), told(&read), "{name}");
            assert!(embedded.iter().count() >= 5, "{name}");
        }
    }

    /// As `sqlx::migrate!` computed it when the first installations were made.
    #[test]
    fn checksums_of_migrations_never_change() {
        let checksum = |migrator: Migrator| {
            let first = migrator.iter().next().expect("a migration");
            data_encoding::HEXLOWER.encode(&first.checksum)
        };
        assert_eq!(
            checksum(sqlite()),
            "b362bee3ef8d8556dc3cefa9e0701591ed00814ea79e2efdbfc5aad483f1be9d567d73874579c4f7dc47f7f0b1fae98b"
        );
        assert_eq!(
            checksum(postgres()),
            "ad4956d744ddc65b3137650c1f542753d7ba0f9be282f45406c71846561f2c30fdf90ab8f15d15a5bc823dcca2859edc"
        );
    }
}
