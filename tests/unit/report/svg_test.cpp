// SPDX-License-Identifier: Apache-2.0
#include "coinvest/report/svg.hpp"

#include "catch.hpp"

namespace {

std::string inlined(std::string_view svg) {
  return coinvest::inline_svg(svg).value();
}

}  // namespace

TEST_CASE("a drawing of Graphviz becomes one element without ids and prolog") {
  CHECK(
      inlined("<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x.dtd\">\n<!-- by -->\n"
              "<svg width=\"244pt\" height=\"186pt\"\n viewBox=\"0 0 244 186\" xmlns=\"http://www.w3.org/2000/svg\">\n"
              "<g id=\"node1\" class=\"node\"><title>i1</title>"
              "<g id=\"a_node1\"><a xlink:title=\"红杉 &quot;3&quot; &lt;\"><ellipse fill=\"#56b4e9\" rx='4'/>"
              "<text>A &amp; B</text></a></g></g></svg>\n") ==
      "<svg viewBox=\"0 0 244 186\" width=\"244pt\">\n"
      "<g class=\"node\"><g><g><title>红杉 &quot;3&quot; &lt;</title><ellipse fill=\"#56b4e9\" rx=\"4\"/>"
      "<text>A &amp; B</text></g></g></g></svg>");
}

TEST_CASE("titles that are words stay, sizes that are no sizes go") {
  CHECK(inlined("<svg width=\"1;x:y\"><g><title>word</title></g><rect width=\"2\" height=\"3\" style=\"x\"/></svg>") ==
        "<svg><g><title>word</title></g><rect width=\"2\" height=\"3\"/></svg>");
}

TEST_CASE("what a drawing never needs is refused") {
  for (const char* svg : {
           "",
           "text",
           "<svg>",
           "</svg>",
           "<svg></g></svg>",
           "<svg></svg><svg></svg>",
           "<svg></svg><script>alert(1)</script>",
           "<svg></svg>trailing",
           "<svg><script>alert(1)</script></svg>",
           "<svg><SCRIPT>alert(1)</SCRIPT></svg>",
           "<svg onload=\"alert(1)\"></svg>",
           "<svg><g OnClick='x'/></svg>",
           "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
           "<svg><a href=\"https://example.org\"/></svg>",
           "<svg><use href=\"#x\"/></svg>",
           "<svg><image href=\"x.png\"/></svg>",
           "<svg><foreignObject><body/></foreignObject></svg>",
           "<svg><style>@import 'x'</style></svg>",
           "<svg><g fill=\"URL(https://example.org)\"/></svg>",
           "<svg><title><g/></title></svg>",
           "<svg><g fill=\"a<b\"/></svg>",
           "<svg><g fill=a/></svg>",
           "<svg><g fill/></svg>",
           "<svg><g fill=\"a/></svg>",
           "<svg><g",
           "<svg><!-- </svg>",
           "<svg><![CDATA[<script>]]></svg>",
           "<!DOCTYPE svg [<!ENTITY x \"y\">]><svg>&x;</svg>",
           "<?xml <svg></svg>",
       }) {
    INFO(svg);
    const auto result = coinvest::inline_svg(svg);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == coinvest::ErrorKind::engine);
  }
}
