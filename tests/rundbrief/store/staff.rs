//! People with a login.

use rundbrief::domain::language::Language;
use rundbrief::domain::user::{Role, UserState};
use rundbrief::store::staff::NewStaff;
use rundbrief::store::{self, StoreError};

use super::{address, monday, open};

on_both_databases! {
    async fn a_user_is_found_by_each_name(database: &Database) {
        let db = open(database).await;
        let mut tx = db.begin().await.expect("begin");
        let new = NewStaff {
            name: "Jana Kern".to_owned(),
            email: address("Jana@rathaus.example"),
            language: Language::De,
            roles: [Role::Approver, Role::Editor].into_iter().collect(),
            password: None,
            state: UserState::Active,
        };
        let jana = store::staff::add(&mut tx, &new, monday()).await.expect("added");
        let ada = NewStaff { name: "Ada".to_owned(), email: address("ada@rathaus.example"), ..new.clone() };
        let ada = store::staff::add(&mut tx, &ada, monday()).await.expect("added");
        tx.commit().await.expect("commit");

        let mut conn = db.read().await.expect("read");
        let by_uuid = store::staff::by_uuid(&mut conn, &jana.uuid).await.expect("read");
        let by_email = store::staff::by_email(&mut conn, &address("JANA@Rathaus.example")).await.expect("read");
        assert_eq!((by_uuid.as_ref(), by_email.as_ref()), (Some(&jana), Some(&jana)));
        assert_eq!(store::staff::list(&mut conn).await.expect("read"), [ada, jana]);
        drop(conn);
        let mut tx = db.begin().await.expect("begin");
        let again = store::staff::add(&mut tx, &new, monday()).await;
        assert!(matches!(again, Err(StoreError::Exists(_))), "one user for each address: {again:?}");
    }
}
