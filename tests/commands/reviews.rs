//! `clausebook reviews`.

use super::*;

/// The policy, beside it a document without a next review and one without a status.
fn repository() -> Repository {
    let plan = POLICY
        .replace("Service policy", "Plan")
        .replace("SMS-POL-5.1", "SMS-PLN-6")
        .replace("type: policy", "type: plan");
    let plan = plan.replace("[5.1, 5.2]", "6").replace("review_cycle: 1 year\n", "");
    let guide = WARNED
        .replace("status: draft\n", "review_date: 2027-01-15\n")
        .replace("keyword: roles\n", "");
    Repository::new().file("content/plan.md", &plan).file("content/guide.md", &guide)
}

#[test]
fn it_shows_what_is_overdue_and_due_soon() {
    let run = repository().run(["reviews", "--today", "2027-05-01"]).exits(0);
    run.prints("Reviews as of 2027-05-01\n")
        .prints("overdue  2027-01-15  -106  SMS-STM-5.3  Statement of roles  sponsor\n")
        .prints("due      2027-06-01  31    SMS-POL-5.1  Service policy      manager\n")
        .prints("1 overdue, 1 due soon, 0 later, 1 without a next review\n");
}

#[test]
fn due_soon_is_as_many_days_as_are_asked_for() {
    let due = |days, count: &str| {
        let run =
            repository().run(["reviews", "--today", "2027-05-01", "--due-soon", days]).exits(0);
        run.prints(&format!("1 overdue, {count}, 1 without a next review\n"));
    };
    due("31", "1 due soon, 0 later");
    due("30", "0 due soon, 1 later");
}

#[test]
fn due_soon_may_be_set() {
    let repository = repository().file("clausebook.toml", "[reviews]\ndue_soon_days = 30\n");
    repository.run(["reviews", "--today", "2027-05-01"]).exits(0).prints("0 due soon, 1 later");
    repository
        .run(["reviews", "--today", "2027-05-01", "--due-soon", "90"])
        .exits(0)
        .prints("1 due soon, 0 later");
}

#[test]
fn what_lies_further_ahead_is_shown_when_asked_for() {
    let repository = Repository::new();
    repository.run(["reviews"]).exits(0).omits("SMS-POL-5.1");
    repository.run(["reviews", "--all"]).exits(0).prints("current  2027-06-01  182   SMS-POL-5.1");
}

#[test]
fn json_counts_days_negative_when_overdue() {
    let reviews =
        repository().run(["reviews", "--format", "json", "--today", "2027-07-01"]).exits(0).json();
    let review = |path, reference, title, owner, date, days| {
        json!({
            "path": path, "reference": reference, "title": title, "owner": owner,
            "review_date": date, "state": "overdue", "days": days,
        })
    };
    assert_eq!(reviews["today"], "2027-07-01");
    assert_eq!(
        reviews["reviews"],
        json!([
            review(
                "content/guide.md",
                "SMS-STM-5.3",
                "Statement of roles",
                "sponsor",
                "2027-01-15",
                -167
            ),
            review(
                "content/policy.md",
                "SMS-POL-5.1",
                "Service policy",
                "manager",
                "2027-06-01",
                -30
            ),
        ])
    );
    assert_eq!(reviews["unscheduled"].as_array().unwrap().len(), 1);
    assert_eq!(reviews["unscheduled"][0]["path"], "content/plan.md");
}

#[test]
fn csv_counts_days_negative_when_overdue() {
    let run =
        Repository::new().run(["reviews", "--format", "csv", "--today", "2028-01-01"]).exits(0);
    let expected = "path,reference,title,owner,review_date,state,days\r\n\
                        content/policy.md,SMS-POL-5.1,Service policy,manager,2027-06-01,overdue,-214\r\n";
    assert_eq!(run.stdout, expected);
}

#[test]
fn csv_holds_what_has_no_next_review_at_its_end() {
    let run = repository().run(["reviews", "--format", "csv", "--today", "2027-05-01"]).exits(0);
    let states: Vec<&str> =
        run.stdout.lines().skip(1).map(|line| line.rsplit(',').nth(1).expect("a state")).collect();
    assert_eq!(states, ["overdue", "due", "unscheduled"], "{}", run.stdout);
    run.prints("content/plan.md,SMS-PLN-6,Plan,manager,,unscheduled,\r\n");
}

#[test]
fn csv_without_rows_keeps_its_head() {
    let repository = Repository::empty().file("content/roles.yaml", ROLES);
    let run = repository.run(["reviews", "--format", "csv"]).exits(0);
    assert_eq!(run.stdout, "path,reference,title,owner,review_date,state,days\r\n");
}

#[test]
fn it_fails_only_when_asked_to() {
    let repository = Repository::new();
    repository.run(["reviews", "--today", "2028-01-01"]).exits(0);
    repository
        .run(["reviews", "--today", "2028-01-01", "--fail-overdue"])
        .exits(1)
        .prints("1 overdue");
    repository
        .run(["reviews", "--today", "2027-06-01", "--fail-overdue"])
        .exits(0)
        .prints("0 overdue, 1 due soon");
}
