"""Tell from a web address in which state its publisher sits, where its ending says so."""

from __future__ import annotations

from urllib.parse import urlsplit

__all__ = ["state_of_address"]

# Endings of states (ISO 3166 alpha-2, but for `uk`) and their alpha-3; those that are sold as words
# (`.tv`, `.me`, `.ml`) say nothing and are left out.
_ENDINGS = dict(
    pair.split(":")
    for pair in (
        "ad:AND ae:ARE af:AFG al:ALB an:ANT ao:AGO aq:ATA ar:ARG as:ASM at:AUT au:AUS aw:ABW ax:ALA az:AZE"
        " ba:BIH bb:BRB bd:BGD be:BEL bf:BFA bg:BGR bh:BHR bi:BDI bj:BEN bl:BLM bm:BMU bn:BRN bo:BOL bq:BES"
        " br:BRA bs:BHS bt:BTN bv:BVT bw:BWA by:BLR ca:CAN cd:COD cg:COG ch:CHE ci:CIV ck:COK cl:CHL cm:CMR"
        " cn:CHN cr:CRI cs:SCG cu:CUB cv:CPV cw:CUW cx:CXR cy:CYP cz:CZE de:DEU dj:DJI dk:DNK dm:DMA do:DOM"
        " dz:DZA ec:ECU ee:EST eg:EGY eh:ESH er:ERI es:ESP et:ETH fi:FIN fj:FJI fk:FLK fo:FRO fr:FRA gd:GRD"
        " ge:GEO gf:GUF gg:GGY gh:GHA gi:GIB gl:GRL gm:GMB gn:GIN gp:GLP gr:GRC gs:SGS gt:GTM gu:GUM gw:GNB"
        " gy:GUY hk:HKG hm:HMD hn:HND hr:HRV ht:HTI hu:HUN id:IDN ie:IRL il:ISR im:IMN in:IND iq:IRQ ir:IRN"
        " is:ISL it:ITA je:JEY jm:JAM jo:JOR jp:JPN ke:KEN kg:KGZ kh:KHM ki:KIR km:COM kn:KNA kp:PRK kr:KOR"
        " kw:KWT ky:CYM kz:KAZ lb:LBN lc:LCA li:LIE lk:LKA lr:LBR ls:LSO lt:LTU lu:LUX lv:LVA ly:LBY ma:MAR"
        " mc:MCO md:MDA mf:MAF mg:MDG mh:MHL mk:MKD mm:MMR mn:MNG mo:MAC mp:MNP mq:MTQ mr:MRT ms:MSR mt:MLT"
        " mu:MUS mv:MDV mw:MWI mx:MEX my:MYS mz:MOZ na:NAM nc:NCL ne:NER nf:NFK ng:NGA ni:NIC nl:NLD no:NOR"
        " np:NPL nr:NRU nz:NZL om:OMN pa:PAN pe:PER pf:PYF pg:PNG ph:PHL pk:PAK pl:POL pm:SPM pn:PCN pr:PRI"
        " ps:PSE pt:PRT py:PRY qa:QAT re:REU ro:ROU rs:SRB ru:RUS rw:RWA sa:SAU sb:SLB sd:SDN se:SWE sg:SGP"
        " si:SVN sj:SJM sk:SVK sl:SLE sm:SMR sn:SEN so:SOM sr:SUR ss:SSD sv:SLV sx:SXM sy:SYR sz:SWZ tc:TCA"
        " td:TCD tf:ATF tg:TGO th:THA tj:TJK tl:TLS tm:TKM tn:TUN tr:TUR tt:TTO tw:TWN tz:TZA ua:UKR ug:UGA"
        " uk:GBR um:UMI us:USA uy:URY uz:UZB va:VAT ve:VEN vg:VGB vi:VIR vn:VNM vu:VUT wf:WLF xk:XKX ye:YEM"
        " yt:MYT za:ZAF zm:ZMB zw:ZWE"
    ).split()
)


def state_of_address(url: str | None) -> str | None:
    """Give the state (alpha-3) of a web address, None where its ending is of no state."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return None
    return _ENDINGS.get(host.rpartition(".")[2])
