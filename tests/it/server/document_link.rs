//! Links over the pipe.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

const TEXT: &str = "---\ndate: 2026-03-11\n---\n\n[@wire] [[b#c]] <https://example.org/é>\n";

fn desk() -> Folder {
    Folder::new(&[
        ("newsmark.toml", ""),
        ("a.md", TEXT),
        ("b.md", "---\ndate: 2026-03-12\n---\n\n[x]{.claim #c}\n"),
        ("sources.yaml", "- {id: wire, type: report, URL: \"https://example.org/wire\"}\n"),
    ])
}

fn links(client: &mut Client, address: &str) -> Vec<Value> {
    let links = client.ask("textDocument/documentLink", json!({ "textDocument": { "uri": address } }));
    links.as_array().expect("a list").clone()
}

#[test]
fn a_citation_is_looked_up_when_it_is_clicked_on() {
    let folder = desk();
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["capabilities"]["textDocument"]["documentLink"] = json!({ "tooltipSupport": true });
    });
    let address = uri(&folder, "a.md");
    client.open(&address, 1, TEXT);
    client.settle();
    let all = links(&mut client, &address);
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(all[1]["target"], format!("{}#L5", uri(&folder, "b.md")));
    assert_eq!(all[2]["target"], "https://example.org/%C3%A9");
    assert!(all[0].get("target").is_none() && all[0]["tooltip"] == "open the source", "{}", all[0]);
    let resolved = client.ask("documentLink/resolve", all[0].clone());
    assert_eq!(resolved["target"], "https://example.org/wire");
    assert_eq!(resolved["range"], all[0]["range"]);

    // The source is not on record any more: a link from before opens nothing.
    folder.write(
        "sources.yaml",
        "- {id: wire, URL: \"https://example.org/wire\", custom: {terms: background}}\n",
    );
    client.watched(&[(&uri(&folder, "sources.yaml"), 2)]);
    client.settle();
    assert!(client.ask("documentLink/resolve", all[0].clone()).get("target").is_none());
    assert_eq!(links(&mut client, &address).len(), 2);
    // What is made up is answered, too.
    for data in [json!(null), json!({ "uri": "file:///nowhere.md", "key": "wire" }), json!([1])] {
        let link = json!({ "range": all[0]["range"], "data": data });
        assert!(client.ask("documentLink/resolve", link).get("target").is_none());
    }
}

#[test]
fn without_tooltips_none_are_sent() {
    let folder = desk();
    let mut client = Client::in_folder(&folder);
    let address = uri(&folder, "a.md");
    client.open(&address, 1, TEXT);
    client.settle();
    assert!(links(&mut client, &address).iter().all(|link| link.get("tooltip").is_none()));
    let unknown = json!({ "textDocument": { "uri": uri(&folder, "b.md") } });
    assert_eq!(client.ask("textDocument/documentLink", unknown), Value::Null);
}
