"""A reading kept from before never stands for a tree that has changed."""

from lms.content.cache import read_again
from lms.content.tree import read

CUP = "curriculum/modules/listening/images/cup.png"


def test_a_folder_where_a_picture_belongs_is_told_after_a_clean_look(
    tree, tmp_path_factory, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    clean = read_again(tree)
    (tree / CUP).mkdir(parents=True)
    assert read_again(tree) == read(tree) != clean
