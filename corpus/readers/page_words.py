"""What a government's web page prints around a document: share bars, print buttons, login boxes, its own footer."""

from __future__ import annotations

import re

from corpus.script import fold

_LONGEST = 200  # characters of such a line
# Words that a line may be made of, with signs between them, when it is the page's and not the document's.
_WORDS = re.compile(
    "(?:我要)?分享(?:到|文章到|至)?|微信(?:好友|公众号|扫一扫)?|(?:新浪|腾讯)?微博|朋友圈|qq空间|qq好友|豆瓣网?|人人网|复制链接|一键复制|"
    "(?:我要|点击)?打印(?:页面|本页|本文|此页|预览)?|关闭(?:本页|窗口|页面|此页)?|(?:加入|我要)?收藏(?:本页|本站)?|保存本页|下载(?:本文|文件|全文)?|"
    "返回(?:顶部|首页|上一页|列表)|回到顶部|扫一扫[^。]{0,20}|用手机打开|手机(?:版|端|查看)|电脑版|"
    "(?:网站)?首页|政务公开|互动交流|政务服务|办事服务|走进[一-鿿]{2,4}|数据开放|新闻中心|信息公开|政府信息公开|通知公告|"
    "网站(?:地图|导航|声明|支持|说明|无障碍)|站点地图|联系(?:我们|方式)|关于(?:我们|本站)|隐私(?:声明|政策|保护)|版权(?:声明|保护)|"
    "(?:政府网站)?(?:找错|纠错)|我要纠错|无障碍(?:阅读|浏览)?|适老(?:版|化)|长者(?:版|模式|专区)|关怀版|简体(?:中文|版)?|繁体(?:中文|版)?|english|"
    "登录|注册|用户名|密码|验证码|忘记密码|记住(?:我|密码)|个人中心|退出|搜索|高级搜索|请输入(?:关键字|关键词|搜索内容|用户名|密码|验证码)|"
    "上一[篇条页]|下一[篇条页]|相关(?:阅读|链接|文章|附件|文件|解读|新闻)|友情链接|智能问答|意见反馈|打印关闭|a[+-]|字体?|大小|大|中|小|默认|放大|缩小|"
    "收起|展开|更多|正文|阅读|浏览|朗读|听全文"
)
_SIGNS = re.compile(r"[\s|>/·•:,、()\[\]+×↺×<»›\"'“”↑↓←→▲▼★☆*=_-]+")
_LINES = re.compile(
    r"(?:您?(?:当前|现在|目前)?(?:所在)?的?位置)[:：].*|[上下]一[篇条页][:：].*|浏览(?:次数|量|字号)[^。]{0,30}|(?:点击|访问|阅读)(?:次数|量|数)?[:：]\s*\d*\s*次?|"
    r"[\[(]?字[体号].{0,12}|(?:主办|承办|协办|运维|维护|技术支持|建设|管理)(?:单位)?[:：].*|版权所有.*|.{0,60}版权所有.{0,60}|.{0,60}icp备.*|.{0,40}公网安备.*|"
    r"(?:政府)?网站标识码[:：]?.*|搜索热词[:：].*|copyright.{0,80}|©.{0,80}|建议使用.{0,40}浏览器.{0,20}|(?:您是|总)?第?\s*\d*\s*(?:位)?访(?:客|问)[^。]{0,20}|"
    r"[-×+↺•·|\s]+"
)


_ADDRESS = re.compile(r"(?:单位|联系|办公)?地址[:：].{0,80}邮(?:政编码|编)[:：]?\s*\d{6}.{0,40}")


def is_of_the_footer(line: str) -> bool:
    """The office's own address with its postcode, which a document may print as well, but not as its last line."""
    return len(line) <= _LONGEST and bool(_ADDRESS.fullmatch(fold(line).strip()))


def is_of_the_page(line: str) -> bool:
    """Whether the line is none of the document's: nothing is left when the page's own words are taken out."""
    if len(line) > _LONGEST:
        return False
    folded = fold(line).strip()
    return bool(_LINES.fullmatch(folded)) or not _SIGNS.sub("", _WORDS.sub("", folded))
