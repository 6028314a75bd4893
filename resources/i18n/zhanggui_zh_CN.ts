<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>zhanggui</name>
    <message><source> (and {n} more)</source><translation>（还有 {n} 项）</translation></message>
    <message><source> (short)</source><translation>（缺货）</translation></message>
    <message><source> It takes about {n} seconds; the status bar shows how far it is, and stops it if you like.</source><translation>大约需要 {n} 秒，状态栏显示进度，也可以随时停止。</translation></message>
    <message><source> and {n} more</source><translation>，另有 {n} 种</translation></message>
    <message><source> first</source><translation>在前</translation></message>
    <message><source> h</source><translation> 小时</translation></message>
    <message><source> min</source><translation> 分钟</translation></message>
    <message><source>, {n} of them in part</source><translation>，其中 {n} 单是部分发货</translation></message>
    <message><source>2026-11-01, yesterday, 7d</source><translation>2026-11-01、昨天、7天</translation></message>
    <message><source>30 days</source><translation>近 30 天</translation></message>
    <message><source>7 days</source><translation>近 7 天</translation></message>
    <message><source>; {n} are left to be looked at</source><translation>；还有 {n} 种要自己看</translation></message>
    <message><source>; {n} can only be kept</source><translation>；另有 {n} 处只能保留本店</translation></message>
    <message><source>A choice of your own</source><translation>自选列</translation></message>
    <message><source>A closed order can't be opened again</source><translation>关闭后不能再打开</translation></message>
    <message><source>A day</source><translation>日均</translation></message>
    <message><source>A file says otherwise and waits for your decision: {value}</source><translation>有文件写的不一样，等你决定：{value}</translation></message>
    <message><source>A file says otherwise in {n} fields</source><translation>有 {n} 处与导入文件不一致</translation></message>
    <message><source>A file says otherwise: {value}</source><translation>文件写的是：{value}</translation></message>
    <message><source>A file with these headings is read by its map</source><translation>表头相同的文件，按这里的对应读取</translation></message>
    <message><source>A look before the import</source><translation>导入前看一看</translation></message>
    <message><source>A merchant code or a barcode, one of the two is enough.</source><translation>商家编码和条码有一个就行。</translation></message>
    <message><source>A name makes it new goods of yours</source><translation>写上名称就新建规格</translation></message>
    <message><source>A notice for the shop's page</source><translation>店铺公告</translation></message>
    <message><source>A part is on its way: {parcels}.</source><translation>其中一部分已经发出：{parcels}。</translation></message>
    <message><source>A refund is made from its order, or here with the order's number.</source><translation>在订单里点退款，或者在这里输入订单号。</translation></message>
    <message><source>A report was written to {path}. It helps to mend the program.</source><translation>报告写在 {path}，有助于修好程序。</translation></message>
    <message><source>A seal that you kept</source><translation>您留存的封存码</translation></message>
    <message><source>A tea shop with {n} made-up orders, to click and try as you like</source><translation>一家茶叶店，{n} 单编好的订单，随便点</translation></message>
    <message><source>A to Z</source><translation>顺序</translation></message>
    <message><source>A whole address is parted into province, city and district by itself.</source><translation>整条地址会自动拆成省、市、区和详细地址。</translation></message>
    <message><source>A word to who asked; needed to reject</source><translation>给申请人的话，驳回时必填</translation></message>
    <message><source>About Zhanggui</source><translation>关于掌柜</translation></message>
    <message><source>Action</source><translation>操作</translation></message>
    <message><source>Add</source><translation>添加</translation></message>
    <message><source>Add a column…</source><translation>再加一列…</translation></message>
    <message><source>Add a condition</source><translation>加一个条件</translation></message>
    <message><source>Add a group</source><translation>添加分组</translation></message>
    <message><source>Add a rule</source><translation>加一条规则</translation></message>
    <message><source>Add goods first</source><translation>先加商品</translation></message>
    <message><source>Add somebody</source><translation>添加人员</translation></message>
    <message><source>Add somebody…</source><translation>添加人员…</translation></message>
    <message><source>Add tags</source><translation>添加标签</translation></message>
    <message><source>Added</source><translation>新增</translation></message>
    <message><source>Added up</source><translation>几列相加</translation></message>
    <message><source>Adding up {n} days</source><translation>正在汇总 {n} 天</translation></message>
    <message><source>Address</source><translation>地址</translation></message>
    <message><source>Address label</source><translation>地址标签</translation></message>
    <message><source>Address labels…</source><translation>地址标签…</translation></message>
    <message><source>Address label…</source><translation>地址标签…</translation></message>
    <message><source>After</source><translation>之后</translation></message>
    <message><source>After which deed</source><translation>哪次操作之后</translation></message>
    <message><source>After-sale</source><translation>售后</translation></message>
    <message><source>After-sale C{case} of {amount} is open</source><translation>已登记售后 C{case}，{amount}</translation></message>
    <message><source>After-sale {case}: {kind} {amount}</source><translation>售后 {case}：{kind} {amount}</translation></message>
    <message><source>After-sales</source><translation>售后</translation></message>
    <message><source>After-sales in all</source><translation>售后合计</translation></message>
    <message><source>After-sales {day}</source><translation>售后单 {day}</translation></message>
    <message><source>Agreed with the buyer</source><translation>已和买家谈好</translation></message>
    <message><source>Alike</source><translation>相似</translation></message>
    <message><source>All</source><translation>全部</translation></message>
    <message><source>All done</source><translation>都处理完了</translation></message>
    <message><source>All fields</source><translation>全部字段</translation></message>
    <message><source>All files</source><translation>所有文件</translation></message>
    <message><source>All goods</source><translation>全部规格</translation></message>
    <message><source>All of it</source><translation>全部退</translation></message>
    <message><source>All of them must be found, anywhere in the order</source><translation>每个词都要有，在订单的哪里都行</translation></message>
    <message><source>All of them were checked already.</source><translation>这些订单都核对过了。</translation></message>
    <message><source>All of this order</source><translation>这单的全部留痕</translation></message>
    <message><source>All orders</source><translation>全部订单</translation></message>
    <message><source>Also a month, a year, a date or two dates</source><translation>也可以写月份、年份、某天或两个日期</translation></message>
    <message><source>Always</source><translation>固定值</translation></message>
    <message><source>Amount</source><translation>金额</translation></message>
    <message><source>Amount paid</source><translation>收到的金额</translation></message>
    <message><source>Amount to refund</source><translation>退款金额</translation></message>
    <message><source>Amounts</source><translation>金额</translation></message>
    <message><source>Amounts, numbers and times</source><translation>金额、数量和时间都能比</translation></message>
    <message><source>An amount is no amount</source><translation>有金额填得不对</translation></message>
    <message><source>An import that was a mistake can be taken back whole, as long as nobody touched its values.</source><translation>导错了可以整批撤销，只要之后没人动过它带来的内容。</translation></message>
    <message><source>An offline order desk for a small shop. Free software under the MIT licence; it collects no data.</source><translation>小店的离线订单台。按 MIT 许可证发布的自由软件，不收集任何数据。</translation></message>
    <message><source>An owner's PIN is changed by the owner alone, or with the recovery code.</source><translation>店主的 PIN 只能由本人更改，或用找回码重设。</translation></message>
    <message><source>Another condition beside this one</source><translation>再加一个连在一起的条件</translation></message>
    <message><source>Another encoding, separator, sheet or row of headings.</source><translation>换一种编码、分隔符、工作表或表头行。</translation></message>
    <message><source>Another file…</source><translation>换个位置…</translation></message>
    <message><source>Any action</source><translation>全部操作</translation></message>
    <message><source>Any field</source><translation>任何字段</translation></message>
    <message><source>Anybody</source><translation>所有人</translation></message>
    <message><source>Approval</source><translation>审核</translation></message>
    <message><source>Approvals</source><translation>审核</translation></message>
    <message><source>Approve</source><translation>通过</translation></message>
    <message><source>Arrow keys move through it, Enter shows the orders.</source><translation>方向键逐个看，回车看对应的订单。</translation></message>
    <message><source>As 2026-11-01, 11-1, 2026-11, yesterday or last month.</source><translation>可写 2026-11-01、11-1、2026-11、昨天、上月。</translation></message>
    <message><source>As it is</source><translation>现在</translation></message>
    <message><source>As it was then</source><translation>看当时的订单</translation></message>
    <message><source>As the computer</source><translation>跟随电脑</translation></message>
    <message><source>As they were when the file came in; what still waits is among the things to mend.</source><translation>这是导入当时的冲突；还没决定的在“待核对”里。</translation></message>
    <message><source>Ask for approval {amount}</source><translation>提交审核 {amount}</translation></message>
    <message><source>Asked</source><translation>提出</translation></message>
    <message><source>Asked by</source><translation>申请人</translation></message>
    <message><source>Asked for</source><translation>申请金额</translation></message>
    <message><source>Asked for {amount}</source><translation>申请退款 {amount}</translation></message>
    <message><source>At least {n} of its values were touched since</source><translation>之后至少有 {n} 处已被改动，不能撤销</translation></message>
    <message><source>At most {amount} for these goods</source><translation>这些商品最多退 {amount}</translation></message>
    <message><source>At most {amount} is left</source><translation>最多还能退 {amount}</translation></message>
    <message><source>At most {n} at a time</source><translation>一次最多 {n} 单</translation></message>
    <message><source>Audit</source><translation>留痕</translation></message>
    <message><source>Audit trail</source><translation>留痕</translation></message>
    <message><source>Audit trail {day}</source><translation>留痕 {day}</translation></message>
    <message><source>Available</source><translation>可售</translation></message>
    <message><source>Average order</source><translation>客单价</translation></message>
    <message><source>Back to the list</source><translation>回到列表</translation></message>
    <message><source>Barcode</source><translation>条码</translation></message>
    <message><source>Batch</source><translation>批次</translation></message>
    <message><source>Becomes</source><translation>改成</translation></message>
    <message><source>Becomes again</source><translation>恢复为</translation></message>
    <message><source>Before</source><translation>之前</translation></message>
    <message><source>Begin anew</source><translation>重新搭</translation></message>
    <message><source>Begin with yourself as the owner. From then on the shop opens only with a PIN, here and on the command line; keep the recovery code that is shown.</source><translation>先把自己添加为店主。从此打开店铺都要输入 PIN，命令行也一样；请保管好随后显示的找回码。</translation></message>
    <message><source>Below zero means given back</source><translation>负数表示退货</translation></message>
    <message><source>Besides: {names}</source><translation>另有：{names}</translation></message>
    <message><source>Big order from</source><translation>大额订单起点</translation></message>
    <message><source>Bin</source><translation>货位</translation></message>
    <message><source>Blockers</source><translation>阻碍</translation></message>
    <message><source>Book</source><translation>入账</translation></message>
    <message><source>Book a payment</source><translation>收款</translation></message>
    <message><source>Book a payment…</source><translation>收款…</translation></message>
    <message><source>Book {amount}</source><translation>收款 {amount}</translation></message>
    <message><source>Book {change}</source><translation>入账 {change}</translation></message>
    <message><source>Booked here: {n} units</source><translation>本次已入库 {n} 件</translation></message>
    <message><source>Booked in the journal for good; a mistake is refunded</source><translation>记入资金流水，不能删；记错了用退款冲回</translation></message>
    <message><source>Booked {amount} for {number}</source><translation>已收款 {amount}，订单 {number}</translation></message>
    <message><source>Both ends count; one may be left open</source><translation>两头都算，可以只写一头</translation></message>
    <message><source>Brackets</source><translation>括号</translation></message>
    <message><source>Broken</source><translation>破损</translation></message>
    <message><source>Broken or lost</source><translation>报损</translation></message>
    <message><source>Build a filter</source><translation>搭筛选条件</translation></message>
    <message><source>Build a filter…</source><translation>搭筛选条件…</translation></message>
    <message><source>Build a filter… (Ctrl+Shift+F)</source><translation>搭筛选条件…（Ctrl+Shift+F）</translation></message>
    <message><source>Buyer</source><translation>买家</translation></message>
    <message><source>Buyer and address</source><translation>买家与地址</translation></message>
    <message><source>Buyer message</source><translation>买家留言</translation></message>
    <message><source>Buyer's message: {words}</source><translation>买家留言：{words}</translation></message>
    <message><source>Buyer's tier: {tier}</source><translation>客户等级：{tier}</translation></message>
    <message><source>By region</source><translation>按地区</translation></message>
    <message><source>CSV or Excel from Qianniu's “sold goods”; dropping it on the window works as well</source><translation>从千牛“已卖出的宝贝”导出的 CSV 或表格文件，拖进窗口也行</translation></message>
    <message><source>Can it leave?</source><translation>能不能发</translation></message>
    <message><source>Cancel</source><translation>取消</translation></message>
    <message><source>Carrier</source><translation>快递公司</translation></message>
    <message><source>Case, order number, buyer, goods, reason…</source><translation>售后单号、订单号、买家、商品、原因…</translation></message>
    <message><source>Cell</source><translation>单元格</translation></message>
    <message><source>Change</source><translation>内容</translation></message>
    <message><source>Change at once {amount}</source><translation>立即生效 {amount}</translation></message>
    <message><source>Change goods</source><translation>改商品</translation></message>
    <message><source>Change goods and amounts</source><translation>改商品和金额</translation></message>
    <message><source>Change goods and amounts…</source><translation>改商品和金额…</translation></message>
    <message><source>Change group</source><translation>修改分组</translation></message>
    <message><source>Change how the file is read</source><translation>更改读取方式</translation></message>
    <message><source>Change it…</source><translation>修改…</translation></message>
    <message><source>Change the address</source><translation>改地址</translation></message>
    <message><source>Change the deadline</source><translation>改期限</translation></message>
    <message><source>Change the deadline of shipping</source><translation>改最晚发货时间</translation></message>
    <message><source>Change the deadline of shipping…</source><translation>改最晚发货时间…</translation></message>
    <message><source>Change {n} orders</source><translation>修改 {n} 单</translation></message>
    <message><source>Changed after it was printed: print again</source><translation>打印后改过，需重打</translation></message>
    <message><source>Changed {n} orders</source><translation>改好了 {n} 单</translation></message>
    <message><source>Changes along with it</source><translation>会一起变的</translation></message>
    <message><source>Changes of goods and prices that somebody without this permission asks for wait here.</source><translation>没有审核权限的人改商品或价格，会在这里等您审核。</translation></message>
    <message><source>Changes of the shop stay in the audit trail</source><translation>店铺的改动会留痕</translation></message>
    <message><source>Change…</source><translation>修改…</translation></message>
    <message><source>Changing orders…</source><translation>正在修改订单…</translation></message>
    <message><source>Changing {n} orders</source><translation>正在修改 {n} 单</translation></message>
    <message><source>Channel</source><translation>渠道</translation></message>
    <message><source>Charts</source><translation>数据</translation></message>
    <message><source>Chat</source><translation>聊天</translation></message>
    <message><source>Check</source><translation>核对</translation></message>
    <message><source>Check and ship…</source><translation>核对并发货…</translation></message>
    <message><source>Check everything</source><translation>检查账目</translation></message>
    <message><source>Checked</source><translation>已核对</translation></message>
    <message><source>Checked by</source><translation>核对人</translation></message>
    <message><source>Checked by {who}, {time}</source><translation>{who}{time} 核对</translation></message>
    <message><source>Checked {time}</source><translation>{time} 核对</translation></message>
    <message><source>Checking everything</source><translation>正在检查账目</translation></message>
    <message><source>Choose a carrier</source><translation>请选快递公司</translation></message>
    <message><source>Choose a case to see it here.</source><translation>选一件售后，在这里看明细。</translation></message>
    <message><source>Choose a change to see it here.</source><translation>选一项改动，这里显示详情。</translation></message>
    <message><source>Choose a day</source><translation>选日期</translation></message>
    <message><source>Choose a file to see what came of it.</source><translation>选一个文件，看它带来了什么。</translation></message>
    <message><source>Choose a folder…</source><translation>选择文件夹…</translation></message>
    <message><source>Choose a line to see what is wrong with it.</source><translation>选中一行，看看哪里不对。</translation></message>
    <message><source>Choose a state</source><translation>请选择状态</translation></message>
    <message><source>Choose a topic, or type what you look for</source><translation>选一个主题，或者输入要找的词</translation></message>
    <message><source>Choose an entry to see all of it here.</source><translation>选一条留痕，这里看全部内容。</translation></message>
    <message><source>Choose an order to see it here.</source><translation>选一个订单，在这里看详情。</translation></message>
    <message><source>Choose days</source><translation>自选日期</translation></message>
    <message><source>Choose days…</source><translation>自选日期…</translation></message>
    <message><source>Choose everything found</source><translation>全选查到的</translation></message>
    <message><source>Choose goods to see them here.</source><translation>选一个规格，在这里看明细。</translation></message>
    <message><source>Choose other days, or import the order list of the platform.</source><translation>换一段日期看看，或导入平台的订单表。</translation></message>
    <message><source>Choose several rows</source><translation>连选几行</translation></message>
    <message><source>Choose the goods</source><translation>选对应的规格</translation></message>
    <message><source>Choose the row</source><translation>勾选这一行</translation></message>
    <message><source>Choose units or type an amount</source><translation>请选件数或填金额</translation></message>
    <message><source>Choose what comes back</source><translation>请选退回的商品</translation></message>
    <message><source>Choose what the shop has</source><translation>从店里已有的选</translation></message>
    <message><source>Choose…</source><translation>请选择…</translation></message>
    <message><source>Clear data from the platform</source><translation>平台给了明文</translation></message>
    <message><source>Clear history</source><translation>清除记录</translation></message>
    <message><source>Clear selection</source><translation>清除选择</translation></message>
    <message><source>Clear the search</source><translation>清空搜索</translation></message>
    <message><source>Close</source><translation>关闭</translation></message>
    <message><source>Close at most {n} orders at a time: narrow the search first.</source><translation>一次最多关闭 {n} 单，请先缩小搜索范围。</translation></message>
    <message><source>Close one…</source><translation>关闭一单…</translation></message>
    <message><source>Close orders…</source><translation>关闭订单…</translation></message>
    <message><source>Close order…</source><translation>关闭订单…</translation></message>
    <message><source>Close reason</source><translation>关闭原因</translation></message>
    <message><source>Close the panel</source><translation>收起面板</translation></message>
    <message><source>Close {number}…</source><translation>关闭 {number}…</translation></message>
    <message><source>Close {n} orders</source><translation>关闭 {n} 单</translation></message>
    <message><source>Closed</source><translation>交易关闭</translation></message>
    <message><source>Closed at</source><translation>关闭时间</translation></message>
    <message><source>Closed {n} orders</source><translation>已关闭 {n} 单</translation></message>
    <message><source>Closed: {reason}</source><translation>关闭原因：{reason}</translation></message>
    <message><source>Code</source><translation>编码</translation></message>
    <message><source>Collects nothing</source><translation>不收集任何数据</translation></message>
    <message><source>Colour</source><translation>颜色</translation></message>
    <message><source>Colour late and blocked rows</source><translation>超时和受阻的订单着色</translation></message>
    <message><source>Coloured, renamed or removed on all orders at once</source><translation>改颜色、改名、删除，所有订单一起生效</translation></message>
    <message><source>Colours</source><translation>配色</translation></message>
    <message><source>Column</source><translation>列</translation></message>
    <message><source>Columns</source><translation>选择列</translation></message>
    <message><source>Columns not known</source><translation>未知的列</translation></message>
    <message><source>Columns of the file</source><translation>文件的列</translation></message>
    <message><source>Columns…</source><translation>选择列…</translation></message>
    <message><source>Comes from</source><translation>来自</translation></message>
    <message><source>Comes in</source><translation>能导入</translation></message>
    <message><source>Comes in {n}</source><translation>能导入 {n} 单</translation></message>
    <message><source>Comma</source><translation>逗号</translation></message>
    <message><source>Command, page, setting, group or order number</source><translation>命令、页面、设置、分组或订单号</translation></message>
    <message><source>Commands</source><translation>命令面板</translation></message>
    <message><source>Commands…</source><translation>命令面板…</translation></message>
    <message><source>Compact</source><translation>紧凑</translation></message>
    <message><source>Compare</source><translation>核对</translation></message>
    <message><source>Comparison</source><translation>怎么比</translation></message>
    <message><source>Completed</source><translation>交易成功</translation></message>
    <message><source>Completed at</source><translation>完成时间</translation></message>
    <message><source>Conflicts</source><translation>冲突</translation></message>
    <message><source>Copied</source><translation>已复制</translation></message>
    <message><source>Copied entry {n}</source><translation>已复制第 {n} 条</translation></message>
    <message><source>Copied the row as it stands in the file</source><translation>已复制文件里的这一行</translation></message>
    <message><source>Copied to “{name}”</source><translation>已复制为“{name}”</translation></message>
    <message><source>Copied {n} rows</source><translation>已复制 {n} 行</translation></message>
    <message><source>Copied {what}</source><translation>已复制 {what}</translation></message>
    <message><source>Copied: {words}</source><translation>已复制：{words}</translation></message>
    <message><source>Copy</source><translation>复制</translation></message>
    <message><source>Copy details</source><translation>复制详情</translation></message>
    <message><source>Copy rows for a spreadsheet</source><translation>复制成表格</translation></message>
    <message><source>Copy the entry</source><translation>复制这一条</translation></message>
    <message><source>Copy the list</source><translation>复制清单</translation></message>
    <message><source>Copy the order number</source><translation>复制订单号</translation></message>
    <message><source>Copy the result</source><translation>复制结果</translation></message>
    <message><source>Copy the seal</source><translation>复制封存码</translation></message>
    <message><source>Copy the shop's folder to another place before anything else is changed, then have the first fault looked at.</source><translation>先别改动，把店铺文件夹整个复制到别处留底，再从第一处问题查起。</translation></message>
    <message><source>Copy this row</source><translation>复制这一行</translation></message>
    <message><source>Copy to my groups</source><translation>复制到我的分组</translation></message>
    <message><source>Copy what you typed</source><translation>复制刚才写的</translation></message>
    <message><source>Copy {what}</source><translation>复制 {what}</translation></message>
    <message><source>Copy “where is my order”</source><translation>复制“我的快递到哪了”答复</translation></message>
    <message><source>Copying rows</source><translation>正在复制</translation></message>
    <message><source>Copying takes up to {n} rows; write more than that to a file.</source><translation>一次最多复制 {n} 行，再多请用导出。</translation></message>
    <message><source>Correct it</source><translation>更正</translation></message>
    <message><source>Correct {n}</source><translation>更正 {n} 单</translation></message>
    <message><source>Corrected {n} addresses</source><translation>已更正 {n} 单地址</translation></message>
    <message><source>Cost</source><translation>成本</translation></message>
    <message><source>Cost of one</source><translation>单件成本</translation></message>
    <message><source>Count or damage</source><translation>盘点报损</translation></message>
    <message><source>Count or write off</source><translation>盘点或报损</translation></message>
    <message><source>Count or write off…</source><translation>盘点或报损…</translation></message>
    <message><source>Counted</source><translation>盘点</translation></message>
    <message><source>Counted within “{tab}”</source><translation>只数“{tab}”里的</translation></message>
    <message><source>Counting by region</source><translation>按地区统计</translation></message>
    <message><source>Counting…</source><translation>正在统计…</translation></message>
    <message><source>Counts from the payment, for orders imported from now on that tell no deadline of their own.</source><translation>从付款算起，用于之后导入、文件里没有写明最晚发货时间的订单。</translation></message>
    <message><source>Damaged</source><translation>报损</translation></message>
    <message><source>Damaged on the way</source><translation>运输破损</translation></message>
    <message><source>Damaged: written off</source><translation>坏了，报损</translation></message>
    <message><source>Dark</source><translation>深色</translation></message>
    <message><source>Data for programs</source><translation>程序数据</translation></message>
    <message><source>Database OK</source><translation>本地数据库正常</translation></message>
    <message><source>Days</source><translation>日期</translation></message>
    <message><source>Days shown</source><translation>看哪几天</translation></message>
    <message><source>Decide</source><translation>去决定</translation></message>
    <message><source>Decided</source><translation>已处理</translation></message>
    <message><source>Decided by</source><translation>审核人</translation></message>
    <message><source>Deciding {n} conflicts</source><translation>正在处理 {n} 处冲突</translation></message>
    <message><source>Decimal sign</source><translation>小数写法</translation></message>
    <message><source>Delete</source><translation>删除</translation></message>
    <message><source>Delete “{name}”?</source><translation>删除“{name}”？</translation></message>
    <message><source>Delete…</source><translation>删除…</translation></message>
    <message><source>Demo shop</source><translation>演示店铺</translation></message>
    <message><source>Deposit</source><translation>定金</translation></message>
    <message><source>Detail panel</source><translation>详情面板</translation></message>
    <message><source>Details</source><translation>详情</translation></message>
    <message><source>Did not come back</source><translation>没有退回</translation></message>
    <message><source>Difference</source><translation>差异</translation></message>
    <message><source>Different orders stay off the list for good</source><translation>确认是两单的，以后不再提示</translation></message>
    <message><source>Discount</source><translation>优惠</translation></message>
    <message><source>Discounts by tier</source><translation>等级折扣</translation></message>
    <message><source>District</source><translation>区县</translation></message>
    <message><source>Do what the orange button says</source><translation>执行橙色按钮</translation></message>
    <message><source>Document</source><translation>单据</translation></message>
    <message><source>Done</source><translation>已完成</translation></message>
    <message><source>Done again: {deed}</source><translation>已重做：{deed}</translation></message>
    <message><source>Done today</source><translation>今天已办</translation></message>
    <message><source>Drag a column of the file…</source><translation>把文件里的列拖到…</translation></message>
    <message><source>Drag a heading to move its column, the edge of one to make it wider.</source><translation>在表头上拖动可以换顺序，拖动边缘可以调列宽。</translation></message>
    <message><source>Drag the rules, or Alt+Up and Alt+Down</source><translation>可以拖动，或按 Alt+上下键</translation></message>
    <message><source>Drawing: {document}</source><translation>正在生成{document}</translation></message>
    <message><source>Drawing…</source><translation>正在生成…</translation></message>
    <message><source>Each day</source><translation>每天</translation></message>
    <message><source>Each month</source><translation>每月</translation></message>
    <message><source>Each of them changes, and each change stays in the audit trail.</source><translation>每一单都会修改，并各留一条操作留痕。</translation></message>
    <message><source>Each week</source><translation>每周</translation></message>
    <message><source>Edit</source><translation>修改</translation></message>
    <message><source>Edit address</source><translation>改地址</translation></message>
    <message><source>Edit address…</source><translation>改地址…</translation></message>
    <message><source>Edit as text</source><translation>改成文字</translation></message>
    <message><source>Edit order</source><translation>编辑订单</translation></message>
    <message><source>Edit order…</source><translation>编辑订单…</translation></message>
    <message><source>Edit recipient and address</source><translation>修改收货地址</translation></message>
    <message><source>Edited</source><translation>修改</translation></message>
    <message><source>Edited by {who}</source><translation>{who} 修改</translation></message>
    <message><source>Edited here</source><translation>本店修改</translation></message>
    <message><source>Edited here: no import overwrites it</source><translation>在这里改过，导入不会覆盖</translation></message>
    <message><source>Edit…</source><translation>修改…</translation></message>
    <message><source>Either</source><translation>或者</translation></message>
    <message><source>Empty the box</source><translation>清空查找框</translation></message>
    <message><source>Empty: {cost} as before</source><translation>不填按原成本 {cost}</translation></message>
    <message><source>Encoding</source><translation>编码</translation></message>
    <message><source>Ended</source><translation>办结</translation></message>
    <message><source>Enlarge</source><translation>放大</translation></message>
    <message><source>Enter opens the order</source><translation>按回车打开订单</translation></message>
    <message><source>Enter puts yours in its place, Esc leaves it.</source><translation>再按回车用你写的，按 Esc 保留现在的。</translation></message>
    <message><source>Enter saves, Esc leaves</source><translation>回车保存，Esc 取消</translation></message>
    <message><source>Entry</source><translation>留痕</translation></message>
    <message><source>Entry {n}</source><translation>第 {n} 条</translation></message>
    <message><source>Every action is in the menus as well</source><translation>所有操作在菜单里也都有</translation></message>
    <message><source>Every change leaves a trace</source><translation>每次改动都留痕</translation></message>
    <message><source>Every change made in this shop will be kept here for good.</source><translation>店里的每一次改动都会永久留在这里。</translation></message>
    <message><source>Every line is a condition; what is found is counted as you go.</source><translation>一行一个条件，边搭边数有多少单。</translation></message>
    <message><source>Every line of every order has its goods.</source><translation>每个订单的商品都已对应到规格。</translation></message>
    <message><source>Every row comes in.</source><translation>所有行都能导入。</translation></message>
    <message><source>Every row of it came in, and nothing is to be looked at.</source><translation>每一行都导入了，没有要留意的。</translation></message>
    <message><source>Every value</source><translation>每个值</translation></message>
    <message><source>Every waiting order has a recipient, a phone and an address that a parcel finds.</source><translation>待付款和待发货的订单，收货人、电话、地址都齐全，快递送得到。</translation></message>
    <message><source>Every word in the imported files is known.</source><translation>导入的文件里没有认不出的词。</translation></message>
    <message><source>Everything is true</source><translation>账目全部对得上</translation></message>
    <message><source>Everywhere</source><translation>任何页面</translation></message>
    <message><source>Evidence book saved: {file}</source><translation>证据册已保存：{file}</translation></message>
    <message><source>Evidence book…</source><translation>导出证据册…</translation></message>
    <message><source>Excel workbook</source><translation>表格文件</translation></message>
    <message><source>Expected</source><translation>账面</translation></message>
    <message><source>Export</source><translation>导出</translation></message>
    <message><source>Export after-sales…</source><translation>导出售后单…</translation></message>
    <message><source>Export files</source><translation>导出文件</translation></message>
    <message><source>Export the order list on the platform and drop the file anywhere on this window.</source><translation>在平台导出订单报表，把文件拖进这个窗口就行。</translation></message>
    <message><source>Export the stock…</source><translation>导出库存…</translation></message>
    <message><source>Export the trail…</source><translation>导出留痕…</translation></message>
    <message><source>Export the worklist…</source><translation>导出待核对清单…</translation></message>
    <message><source>Export your orders from the platform and import the file here; whatever it does can be taken back.</source><translation>从平台导出订单，在这里导入；导错了可以撤销。</translation></message>
    <message><source>Export {n} after-sales</source><translation>导出 {n} 个售后单</translation></message>
    <message><source>Export {n} entries of the trail</source><translation>导出 {n} 条留痕</translation></message>
    <message><source>Export {n} orders</source><translation>导出 {n} 单</translation></message>
    <message><source>Export {n} rows</source><translation>导出 {n} 行</translation></message>
    <message><source>Export: {table}</source><translation>导出{table}</translation></message>
    <message><source>Exporting to {name}</source><translation>正在导出到 {name}</translation></message>
    <message><source>Export…</source><translation>导出…</translation></message>
    <message><source>Fault</source><translation>责任</translation></message>
    <message><source>Fault: {who}</source><translation>责任：{who}</translation></message>
    <message><source>Field</source><translation>字段</translation></message>
    <message><source>Field map</source><translation>字段对应</translation></message>
    <message><source>Fields</source><translation>查找项</translation></message>
    <message><source>Fields and signs</source><translation>查找项和符号</translation></message>
    <message><source>Figures and index were made anew from the orders</source><translation>统计和索引已按订单重建</translation></message>
    <message><source>File</source><translation>文件</translation></message>
    <message><source>File name, batch, what it is…</source><translation>文件名、批次、类别…</translation></message>
    <message><source>File of</source><translation>文件时间</translation></message>
    <message><source>File of {time}</source><translation>文件时间 {time}</translation></message>
    <message><source>Fill in a condition</source><translation>先填一个条件</translation></message>
    <message><source>Fills orders that wait, by deadline</source><translation>按最晚发货时间补给缺货的订单</translation></message>
    <message><source>Filter the help</source><translation>在帮助里找</translation></message>
    <message><source>Filter {filter}</source><translation>筛选 {filter}</translation></message>
    <message><source>Find goods</source><translation>找商品</translation></message>
    <message><source>Find orders that meet</source><translation>找出满足下面</translation></message>
    <message><source>Find what {goods} becomes: scan it, or type a code or a name.</source><translation>“{goods}”换成什么：扫码，或输入编码、名称。</translation></message>
    <message><source>Finds</source><translation>查找条件</translation></message>
    <message><source>First filled</source><translation>取第一个有值的</translation></message>
    <message><source>First value</source><translation>第一个值</translation></message>
    <message><source>First {n}</source><translation>前 {n} 名</translation></message>
    <message><source>Fit to the rows shown</source><translation>按显示内容调整列宽</translation></message>
    <message><source>Flag</source><translation>旗帜</translation></message>
    <message><source>Fold all</source><translation>全部收起</translation></message>
    <message><source>Fold the opened row</source><translation>收起这一行</translation></message>
    <message><source>Folder</source><translation>文件夹</translation></message>
    <message><source>Folder for the evidence book</source><translation>证据册存到哪个文件夹</translation></message>
    <message><source>Folder to watch</source><translation>要留意的文件夹</translation></message>
    <message><source>Folder {name}</source><translation>文件夹 {name}</translation></message>
    <message><source>For after-sales</source><translation>售后需要</translation></message>
    <message><source>For packing</source><translation>打包提醒</translation></message>
    <message><source>Forget</source><translation>删掉这组</translation></message>
    <message><source>Forgot the PIN?</source><translation>忘记 PIN？</translation></message>
    <message><source>Found again</source><translation>找到了</translation></message>
    <message><source>Found by itself</source><translation>自动识别</translation></message>
    <message><source>Found: {what}</source><translation>自动：{what}</translation></message>
    <message><source>Freight</source><translation>运费</translation></message>
    <message><source>Freight {amount}</source><translation>原运费 {amount}</translation></message>
    <message><source>From</source><translation>从</translation></message>
    <message><source>From a chat, the telephone or a stall</source><translation>聊天、电话或摆摊接到的单</translation></message>
    <message><source>From the column</source><translation>来自哪一列</translation></message>
    <message><source>From … to</source><translation>从…到</translation></message>
    <message><source>Full audit</source><translation>全部留痕</translation></message>
    <message><source>Give back the freight as well: {amount}</source><translation>连运费一起退：{amount}</translation></message>
    <message><source>Give it a name</source><translation>请写名称</translation></message>
    <message><source>Give it a name to make new goods, or check the code.</source><translation>写上名称就新建规格，或者核对编码。</translation></message>
    <message><source>Give it back now</source><translation>现在退款</translation></message>
    <message><source>Give orders tags: choose them and press Ctrl+E.</source><translation>选中订单，按 Ctrl+E 就能加标签。</translation></message>
    <message><source>Give the money back</source><translation>确认退款</translation></message>
    <message><source>Given back</source><translation>已退款</translation></message>
    <message><source>Go on</source><translation>继续</translation></message>
    <message><source>Go to order {number}</source><translation>前往订单 {number}</translation></message>
    <message><source>Go to the orders</source><translation>去看订单</translation></message>
    <message><source>Good: back on the shelf</source><translation>完好，入库</translation></message>
    <message><source>Goods</source><translation>商品</translation></message>
    <message><source>Goods amount</source><translation>商品金额</translation></message>
    <message><source>Goods are back</source><translation>货已退回</translation></message>
    <message><source>Goods arrived after all</source><translation>货已收到</translation></message>
    <message><source>Goods come later</source><translation>到货要晚些</translation></message>
    <message><source>Goods coming in</source><translation>收货入库</translation></message>
    <message><source>Goods not known yet</source><translation>商品明细未导入</translation></message>
    <message><source>Goods on the platform</source><translation>平台商品</translation></message>
    <message><source>Goods on their way back</source><translation>等买家寄回</translation></message>
    <message><source>Goods received and checked</source><translation>已收货并验过</translation></message>
    <message><source>Goods that come back</source><translation>退回的货</translation></message>
    <message><source>Goods {n}: “{text}” is no price.</source><translation>第 {n} 件商品：“{text}”不是单价。</translation></message>
    <message><source>Goods · properties</source><translation>商品·规格</translation></message>
    <message><source>Goods, properties, merchant code, barcode, bin…</source><translation>商品、规格、商家编码、条码、货位…</translation></message>
    <message><source>Greater, less</source><translation>大于小于</translation></message>
    <message><source>Group “{name}” saved</source><translation>已存为分组“{name}”</translation></message>
    <message><source>Groups</source><translation>分组</translation></message>
    <message><source>Handed over already</source><translation>货已当面交给买家</translation></message>
    <message><source>Has left</source><translation>已离开</translation></message>
    <message><source>Hash</source><translation>校验码</translation></message>
    <message><source>Heading</source><translation>表头</translation></message>
    <message><source>Headings in row</source><translation>表头在</translation></message>
    <message><source>Headings that are found this way</source><translation>这样读到的表头</translation></message>
    <message><source>Held</source><translation>搁置</translation></message>
    <message><source>Held back: see above</source><translation>有阻碍，看上面</translation></message>
    <message><source>Hello!</source><translation>您好！</translation></message>
    <message><source>Help</source><translation>帮助</translation></message>
    <message><source>Help…</source><translation>帮助…</translation></message>
    <message><source>Here</source><translation>本店</translation></message>
    <message><source>Here (stays for now)</source><translation>本店（先保留）</translation></message>
    <message><source>Here now</source><translation>现在</translation></message>
    <message><source>Hide</source><translation>隐藏</translation></message>
    <message><source>Hide “{column}”</source><translation>隐藏“{column}”</translation></message>
    <message><source>History</source><translation>历史</translation></message>
    <message><source>History…</source><translation>历史…</translation></message>
    <message><source>How it differs</source><translation>差在哪里</translation></message>
    <message><source>How the conditions belong together</source><translation>条件之间的关系</translation></message>
    <message><source>How the file is read</source><translation>文件的读取方式</translation></message>
    <message><source>How to search</source><translation>怎么查找</translation></message>
    <message><source>ID</source><translation>编号</translation></message>
    <message><source>Import</source><translation>导入</translation></message>
    <message><source>Import export files</source><translation>导入导出文件</translation></message>
    <message><source>Import my order file</source><translation>导入我的订单文件</translation></message>
    <message><source>Import orders</source><translation>导入订单</translation></message>
    <message><source>Import {n} SKUs</source><translation>导入 {n} 个规格</translation></message>
    <message><source>Import {n} entries</source><translation>导入 {n} 条</translation></message>
    <message><source>Import {n} orders</source><translation>导入 {n} 单</translation></message>
    <message><source>Import {n} orders and {m} SKUs</source><translation>导入 {n} 单、{m} 个规格</translation></message>
    <message><source>Imported</source><translation>导入时间</translation></message>
    <message><source>Imported: {what}</source><translation>已导入：{what}</translation></message>
    <message><source>Imported; nothing was new</source><translation>已导入，没有新内容</translation></message>
    <message><source>Importing {file}</source><translation>正在导入 {file}</translation></message>
    <message><source>Imports</source><translation>导入记录</translation></message>
    <message><source>Import…</source><translation>导入…</translation></message>
    <message><source>In a dialog</source><translation>对话框里</translation></message>
    <message><source>In a table</source><translation>表格里</translation></message>
    <message><source>In progress</source><translation>进行中</translation></message>
    <message><source>In shipping order</source><translation>按发货顺序</translation></message>
    <message><source>In the file</source><translation>文件</translation></message>
    <message><source>In the search box of the orders</source><translation>在订单查找框里</translation></message>
    <message><source>In the shipping order, and when goods come in that several orders wait for.</source><translation>用于发货顺序；到货不够分时，也先给这些客户。</translation></message>
    <message><source>In your words</source><translation>补充说明</translation></message>
    <message><source>Invented for the demo shop</source><translation>演示店铺里编的数据</translation></message>
    <message><source>Is back</source><translation>回来了</translation></message>
    <message><source>It belongs to another shop</source><translation>是别的店铺的文件</translation></message>
    <message><source>It came in at {at}.</source><translation>{at} 才进来。</translation></message>
    <message><source>It can't be approved any more. Reject it and say why; it can be asked for anew.</source><translation>不能再通过了。请驳回并说明，可以按现在的订单重新申请。</translation></message>
    <message><source>It changed no value: only the file's mark is taken away.</source><translation>它没有改动任何内容，只去掉这份文件的记号。</translation></message>
    <message><source>It holds: nothing before this seal was rewritten.</source><translation>相符：封存之前的留痕没有被改写。</translation></message>
    <message><source>It is later than promised, we are sorry; we are hurrying.</source><translation>比承诺的时间晚了，非常抱歉，我们正在加紧。</translation></message>
    <message><source>It is taken back whole or not at all, so nothing was changed. Edit these {n} orders by hand where they must be otherwise.</source><translation>要么整批撤销，要么不撤销，所以没有任何改动。需要改的请手工修改这 {n} 单。</translation></message>
    <message><source>It is taken back whole or not at all, so nothing was changed. Take back the later files first, the latest before: {batches}.</source><translation>要么整批撤销，要么不撤销，所以没有任何改动。请先撤销后来的导入，从最近的开始：{batches}。</translation></message>
    <message><source>It is {code}</source><translation>就是 {code}</translation></message>
    <message><source>It is {goods}, {code}, {n}% alike</source><translation>就是 {goods}，{code}，相似 {n}%</translation></message>
    <message><source>It isn't there</source><translation>找不到</translation></message>
    <message><source>It leaves by {time} at the latest.</source><translation>最晚 {time} 前发出。</translation></message>
    <message><source>It needs a code</source><translation>要有商家编码</translation></message>
    <message><source>It takes effect at once, and is on record with your approval.</source><translation>立即生效，按您的审核留痕。</translation></message>
    <message><source>It was changed meanwhile</source><translation>已被别处改动</translation></message>
    <message><source>It was not in this shop then.</source><translation>那时店里还没有这张订单。</translation></message>
    <message><source>It was read wrongly</source><translation>读取方式不对</translation></message>
    <message><source>It was the wrong file</source><translation>导错了文件</translation></message>
    <message><source>Its stock begins with the first receipt or count.</source><translation>第一次收货或盘点后开始记库存。</translation></message>
    <message><source>Its values were taken out since; the chain still stands.</source><translation>内容后来被清除了，留痕链仍然完整。</translation></message>
    <message><source>JSON</source><translation>程序用（JSON）</translation></message>
    <message><source>Just now</source><translation>刚刚</translation></message>
    <message><source>Keep and go on</source><translation>保存并继续</translation></message>
    <message><source>Keep as…</source><translation>存成一组…</translation></message>
    <message><source>Keep it and use it by itself for files with these headings, as</source><translation>记住，以后表头相同的文件自动使用，名称</translation></message>
    <message><source>Keep ours</source><translation>保留本店</translation></message>
    <message><source>Keep ours of {n}</source><translation>保留本店 {n} 处</translation></message>
    <message><source>Keep this search as a group…</source><translation>把当前查找存为分组…</translation></message>
    <message><source>Keep {n} entries to decide</source><translation>留下 {n} 条待处理</translation></message>
    <message><source>Kept field maps</source><translation>已存的字段对应</translation></message>
    <message><source>Kept field maps…</source><translation>已存的字段对应…</translation></message>
    <message><source>Kept ours of {n} conflicts</source><translation>已保留本店 {n} 处</translation></message>
    <message><source>Kept, close</source><translation>已保管，关闭</translation></message>
    <message><source>Keyboard</source><translation>键盘操作</translation></message>
    <message><source>Kind</source><translation>类型</translation></message>
    <message><source>Kind of file</source><translation>文件类型</translation></message>
    <message><source>Language</source><translation>语言</translation></message>
    <message><source>Language of the notice</source><translation>公告的语言</translation></message>
    <message><source>Last four digits</source><translation>后四位</translation></message>
    <message><source>Last import {time}, {n} new</source><translation>上次导入 {time}，新增 {n} 单</translation></message>
    <message><source>Last month</source><translation>上月</translation></message>
    <message><source>Last week</source><translation>上周</translation></message>
    <message><source>Last year</source><translation>去年</translation></message>
    <message><source>Lasts</source><translation>可撑</translation></message>
    <message><source>Late delivery</source><translation>晚到补偿</translation></message>
    <message><source>Later imports</source><translation>以后的导入</translation></message>
    <message><source>Leave empty to keep each as it is</source><translation>不填就各自不变</translation></message>
    <message><source>Leave without a change</source><translation>不改动，关掉</translation></message>
    <message><source>Ledgers, sums and the chain of the trail were recomputed from the first row; they all agree.</source><translation>流水、合计和留痕链都从第一条重新算过，全部一致。</translation></message>
    <message><source>Let stand</source><translation>保留原样</translation></message>
    <message><source>Light</source><translation>浅色</translation></message>
    <message><source>Limits</source><translation>额度</translation></message>
    <message><source>Loading…</source><translation>正在读取…</translation></message>
    <message><source>Lock / switch user</source><translation>锁定 / 切换用户</translation></message>
    <message><source>Lock after</source><translation>自动锁定</translation></message>
    <message><source>Locked</source><translation>已锁定</translation></message>
    <message><source>Look</source><translation>看一看</translation></message>
    <message><source>Look again</source><translation>重新看看</translation></message>
    <message><source>Look at a demo shop</source><translation>先逛演示店铺</translation></message>
    <message><source>Look at its paper</source><translation>预览要打印的单据</translation></message>
    <message><source>Look at: {fields}</source><translation>请看一下：{fields}</translation></message>
    <message><source>Looking at what became of it…</source><translation>正在查看之后有哪些变化…</translation></message>
    <message><source>Looking at {file}</source><translation>正在看 {file}</translation></message>
    <message><source>Looking at {n} files</source><translation>正在看 {n} 个文件</translation></message>
    <message><source>Looking for the kept rows</source><translation>正在取出保存的原始行</translation></message>
    <message><source>Looking…</source><translation>正在查看…</translation></message>
    <message><source>Looks like {carrier}</source><translation>像是{carrier}的</translation></message>
    <message><source>Lost</source><translation>丢失</translation></message>
    <message><source>Low</source><translation>偏低</translation></message>
    <message><source>Made here</source><translation>在这里录入</translation></message>
    <message><source>Made of this entry and the hash of the one before: whoever changes an entry breaks the chain.</source><translation>由这一条和上一条的校验码算出，谁改动任何一条，链就断开。</translation></message>
    <message><source>Made {code}; the goods are matched</source><translation>已新建 {code}，商品已匹配</translation></message>
    <message><source>Make and hand over {amount}</source><translation>建单并交付 {amount}</translation></message>
    <message><source>Make figures and index anew</source><translation>重建统计和索引</translation></message>
    <message><source>Make folder</source><translation>新建</translation></message>
    <message><source>Make order</source><translation>建单</translation></message>
    <message><source>Make order {amount}</source><translation>建单 {amount}</translation></message>
    <message><source>Make the SKU</source><translation>新建规格</translation></message>
    <message><source>Make them by receiving…</source><translation>收货时新建…</translation></message>
    <message><source>Make {code}</source><translation>新建 {code}</translation></message>
    <message><source>Makes</source><translation>合计应为</translation></message>
    <message><source>Making figures and index anew</source><translation>正在重建统计和索引</translation></message>
    <message><source>Making the evidence book</source><translation>正在生成证据册</translation></message>
    <message><source>Map file</source><translation>更多</translation></message>
    <message><source>Mark as checked</source><translation>标为已核对</translation></message>
    <message><source>Mark {n} orders as checked</source><translation>把 {n} 单标为已核对</translation></message>
    <message><source>Match</source><translation>去匹配</translation></message>
    <message><source>Match goods</source><translation>匹配</translation></message>
    <message><source>Match the columns</source><translation>对应字段</translation></message>
    <message><source>Match the columns…</source><translation>对应字段…</translation></message>
    <message><source>Match {n}</source><translation>匹配 {n} 种</translation></message>
    <message><source>Matched at once: {n} order lines, and all to come</source><translation>马上匹配 {n} 行订单商品，以后的也自动匹配</translation></message>
    <message><source>Matched {n} order lines</source><translation>已匹配 {n} 行订单商品</translation></message>
    <message><source>May be given back</source><translation>还能退</translation></message>
    <message><source>Memo</source><translation>备注</translation></message>
    <message><source>Memo, flag and tags</source><translation>备注、旗帜和标签</translation></message>
    <message><source>Memo, flag and tags…</source><translation>备注、旗帜和标签…</translation></message>
    <message><source>Memo: {words}</source><translation>备注：{words}</translation></message>
    <message><source>Mend the red value first</source><translation>先改好标红的值</translation></message>
    <message><source>Mend these rows in the file and import it again: what came in already stays as it is.</source><translation>在文件里改好这些行再导一次，已经进来的订单不受影响。</translation></message>
    <message><source>Mend these rows in the file and import it again: what came in stays.</source><translation>在文件里改好这些行再导入一次，已导入的不受影响。</translation></message>
    <message><source>Mending {n} lines</source><translation>正在处理 {n} 条</translation></message>
    <message><source>Merchant code</source><translation>商家编码</translation></message>
    <message><source>Merchant code, barcode, or part of the name</source><translation>商家编码、条码或部分名称</translation></message>
    <message><source>Merge</source><translation>合并</translation></message>
    <message><source>Merged</source><translation>合并</translation></message>
    <message><source>Message</source><translation>留言</translation></message>
    <message><source>Minus</source><translation>减号</translation></message>
    <message><source>Missing or wrong goods</source><translation>少件或发错</translation></message>
    <message><source>Moment</source><translation>时间</translation></message>
    <message><source>Money</source><translation>金额</translation></message>
    <message><source>Money, stock and audit trail change together; it can't be undone</source><translation>钱、库存、留痕一起变，不能撤销</translation></message>
    <message><source>More</source><translation>更多</translation></message>
    <message><source>More than owed</source><translation>多收了</translation></message>
    <message><source>More: {title}</source><translation>更多：{title}</translation></message>
    <message><source>Most likely</source><translation>最像</translation></message>
    <message><source>Move down</source><translation>下移</translation></message>
    <message><source>Move left</source><translation>左移一列</translation></message>
    <message><source>Move right</source><translation>右移一列</translation></message>
    <message><source>Move up</source><translation>上移</translation></message>
    <message><source>Movements</source><translation>流水</translation></message>
    <message><source>My own shop</source><translation>我的店铺</translation></message>
    <message><source>Name</source><translation>名称</translation></message>
    <message><source>Name of the map</source><translation>字段对应的名称</translation></message>
    <message><source>Name of the set</source><translation>这组列的名字，按回车保存</translation></message>
    <message><source>Name, code, barcode, bin…</source><translation>名称、编码、条码、货位…</translation></message>
    <message><source>Names of the columns in the first row</source><translation>第一行写列名</translation></message>
    <message><source>Names on the platforms</source><translation>平台上的名称</translation></message>
    <message><source>Never</source><translation>不再提示</translation></message>
    <message><source>Never on record: only that it was set</source><translation>PIN 不会留痕，只记录设过</translation></message>
    <message><source>Never these</source><translation>不再提示</translation></message>
    <message><source>Never this file</source><translation>不再提示此文件</translation></message>
    <message><source>New</source><translation>改成</translation></message>
    <message><source>New PIN</source><translation>新 PIN</translation></message>
    <message><source>New PIN for {name}</source><translation>给{name}设新 PIN</translation></message>
    <message><source>New PIN…</source><translation>新 PIN…</translation></message>
    <message><source>New SKU</source><translation>新建规格</translation></message>
    <message><source>New SKU…</source><translation>新建规格…</translation></message>
    <message><source>New after-sale</source><translation>新建售后</translation></message>
    <message><source>New after-sale…</source><translation>新建售后…</translation></message>
    <message><source>New files offered for import</source><translation>新文件提示导入</translation></message>
    <message><source>New folder</source><translation>新建文件夹</translation></message>
    <message><source>New folder…</source><translation>新建文件夹…</translation></message>
    <message><source>New order</source><translation>新建订单</translation></message>
    <message><source>New order…</source><translation>新建订单…</translation></message>
    <message><source>New: {file}. Import it?</source><translation>新文件 {file}，要导入吗？</translation></message>
    <message><source>Next page</source><translation>下一页</translation></message>
    <message><source>Nick, name or phone tail</source><translation>昵称、姓名或手机尾号</translation></message>
    <message><source>No after-sale here fits “{words}”.</source><translation>没有符合“{words}”的售后。</translation></message>
    <message><source>No after-sale is in this state.</source><translation>目前没有这种售后。</translation></message>
    <message><source>No colour</source><translation>无颜色</translation></message>
    <message><source>No column chosen</source><translation>还没有勾选列</translation></message>
    <message><source>No difference: nothing to book</source><translation>没有差异，不用入账</translation></message>
    <message><source>No entry fits</source><translation>没有符合的留痕</translation></message>
    <message><source>No field is called so. Words without a field search everything.</source><translation>没有这样的查找项。不写查找项，就在整张订单里找。</translation></message>
    <message><source>No file says otherwise than what was edited here.</source><translation>没有文件与本店的修改不一致。</translation></message>
    <message><source>No folder</source><translation>不放进文件夹</translation></message>
    <message><source>No glyph for {characters}: printed as 〓</source><translation>字体里没有 {characters}，印成了 〓</translation></message>
    <message><source>No goods fit “{words}”.</source><translation>没有符合“{words}”的规格。</translation></message>
    <message><source>No goods have the barcode {code}. Check it, or add it to the SKU.</source><translation>没有商品的条码是 {code}。请核对，或先给规格补上条码。</translation></message>
    <message><source>No goods here</source><translation>这里没有规格</translation></message>
    <message><source>No goods yet</source><translation>还没有规格</translation></message>
    <message><source>No imported file fits “{words}”.</source><translation>没有与“{words}”相符的导入记录。</translation></message>
    <message><source>No map is kept. One is made when a file is imported that nobody knows.</source><translation>还没有存过。导入不认识的文件时，可以对应一次并存下来。</translation></message>
    <message><source>No memo</source><translation>没有备注</translation></message>
    <message><source>No open after-sale</source><translation>没有未处理的售后</translation></message>
    <message><source>No order here fits “{words}”.</source><translation>这里没有符合“{words}”的订单。</translation></message>
    <message><source>No orders here</source><translation>这里没有订单</translation></message>
    <message><source>No orders yet</source><translation>还没有订单</translation></message>
    <message><source>No personal data</source><translation>不含个人信息</translation></message>
    <message><source>No row of the imported files stayed out, and nothing is to be decided.</source><translation>导入的文件没有被拒的行，也没有待定的冲突。</translation></message>
    <message><source>No such goods yet</source><translation>还没有这个规格</translation></message>
    <message><source>No such mistake was counted. Tick what the notice is to say all the same.</source><translation>没有数到这类错误。仍想提醒的，请自己勾选。</translation></message>
    <message><source>No tags yet</source><translation>还没有标签</translation></message>
    <message><source>No tier</source><translation>无等级</translation></message>
    <message><source>No tracking number yet</source><translation>还没填运单号</translation></message>
    <message><source>No waiting order looks like another one of the same buyer within a day.</source><translation>没有同一买家一天之内重复下的单。</translation></message>
    <message><source>No.</source><translation>编号</translation></message>
    <message><source>No. {rank} {name}</source><translation>第 {rank} 名 {name}</translation></message>
    <message><source>Nobody has a PIN yet: give yourself one under Settings → People.</source><translation>还没有人设 PIN：请在“设置 → 人员和权限”里给自己设一个。</translation></message>
    <message><source>Nobody has a PIN yet: whoever opens this shop may do everything.</source><translation>还没有人设 PIN：谁打开这家店都有全部权限。</translation></message>
    <message><source>None</source><translation>暂无</translation></message>
    <message><source>None here</source><translation>这里没有</translation></message>
    <message><source>None left</source><translation>无货</translation></message>
    <message><source>None of them can be closed</source><translation>都不能关闭</translation></message>
    <message><source>None of them is alike enough to be taken unseen: look at each.</source><translation>没有像到可以直接采用的，请逐个看。</translation></message>
    <message><source>None of them was checked.</source><translation>这些订单都没有核对过。</translation></message>
    <message><source>None of these orders waits for shipment: nothing to pick.</source><translation>这些订单都不在待发货，没有要拣的商品。</translation></message>
    <message><source>None of your goods is called anything like it. Search them yourself, or make a new SKU of it.</source><translation>没有名称相近的规格。可以自己搜索，或新建一个规格。</translation></message>
    <message><source>None yet</source><translation>还没有</translation></message>
    <message><source>Normal</source><translation>标准</translation></message>
    <message><source>Not checked</source><translation>没有核对的订单</translation></message>
    <message><source>Not checked yet</source><translation>还没核对</translation></message>
    <message><source>Not counted</source><translation>未盘点</translation></message>
    <message><source>Not filled in</source><translation>未填</translation></message>
    <message><source>Not imported</source><translation>不导入</translation></message>
    <message><source>Not in the file, though of its time</source><translation>同期但文件里没有的</translation></message>
    <message><source>Not known</source><translation>不认识</translation></message>
    <message><source>Not known yet: import the goods list of this period.</source><translation>商品明细未导入，请导入这段时间的宝贝报表。</translation></message>
    <message><source>Not now</source><translation>以后再说</translation></message>
    <message><source>Not our fault</source><translation>不是我们的责任</translation></message>
    <message><source>Not part of it: {words}</source><translation>地址以外的话：{words}</translation></message>
    <message><source>Not printed yet</source><translation>还没打印</translation></message>
    <message><source>Not saved: {why}</source><translation>没有保存：{why}</translation></message>
    <message><source>Not sent yet: units that are refunded are taken off the order.</source><translation>还没发货，退款的件数会从订单里减掉。</translation></message>
    <message><source>Not this</source><translation>排除</translation></message>
    <message><source>Note</source><translation>说明</translation></message>
    <message><source>Note a request of {amount}</source><translation>登记售后 {amount}</translation></message>
    <message><source>Note as withdrawn</source><translation>记为撤销</translation></message>
    <message><source>Nothing changed yet</source><translation>还没有改动</translation></message>
    <message><source>Nothing decided yet</source><translation>还没有处理过的</translation></message>
    <message><source>Nothing found</source><translation>没有查到</translation></message>
    <message><source>Nothing imported yet</source><translation>还没有导入过</translation></message>
    <message><source>Nothing in the help is called so. Try another word.</source><translation>帮助里没有这个词，换个说法试试。</translation></message>
    <message><source>Nothing is asked yet.</source><translation>还没有条件。</translation></message>
    <message><source>Nothing is imported unasked: a notice asks first.</source><translation>不会自动导入，只提示一下，点了才导入。</translation></message>
    <message><source>Nothing is in this state right now.</source><translation>目前没有这种情况。</translation></message>
    <message><source>Nothing known</source><translation>还没有收货信息</translation></message>
    <message><source>Nothing left to refund</source><translation>没有可退的钱</translation></message>
    <message><source>Nothing like it</source><translation>没有相近的</translation></message>
    <message><source>Nothing more is due today</source><translation>今天没有要发的了</translation></message>
    <message><source>Nothing new to import</source><translation>没有新内容可导入</translation></message>
    <message><source>Nothing recorded yet</source><translation>还没有留痕</translation></message>
    <message><source>Nothing that is to be mended fits “{words}”.</source><translation>待核对的里面没有“{words}”。</translation></message>
    <message><source>Nothing to look at</source><translation>没有要留意的</translation></message>
    <message><source>Nothing to match</source><translation>没有待匹配的商品</translation></message>
    <message><source>Nothing to mend</source><translation>没有要核对的</translation></message>
    <message><source>Nothing to print</source><translation>没有可打印的</translation></message>
    <message><source>Nothing to show</source><translation>没有可显示的</translation></message>
    <message><source>Nothing waits for approval</source><translation>没有待审核的改动</translation></message>
    <message><source>Nothing waits to be shipped, paid, refunded or matched. New orders come with the next import.</source><translation>没有要发的货、要催的款、要处理的售后和要匹配的商品。新订单随下次导入进来。</translation></message>
    <message><source>Nothing was changed here yet; values that came with a file stand at the import.</source><translation>还没有改动过；随文件来的内容记在导入那一条。</translation></message>
    <message><source>Nothing was changed since</source><translation>此后没有改动</translation></message>
    <message><source>Nothing was paid from {days}</source><translation>{days} 没有付款的订单</translation></message>
    <message><source>Nothing was recognised there: edit them one by one.</source><translation>没有识别出结果，请逐单修改。</translation></message>
    <message><source>Nothing was recorded that fits these filters.</source><translation>没有符合这些条件的记录。</translation></message>
    <message><source>Nothing was taken back</source><translation>没有撤销过</translation></message>
    <message><source>Nothing yet</source><translation>还没有</translation></message>
    <message><source>Now</source><translation>现在</translation></message>
    <message><source>Number, buyer, goods…</source><translation>单号、买家、商品…</translation></message>
    <message><source>Number, buyer, phone tail, goods… or field:value</source><translation>单号、买家、手机尾号、商品… 或 省:浙江 旗:红</translation></message>
    <message><source>Of a phone or an order number, without any field</source><translation>手机或订单号的后四位，直接写</translation></message>
    <message><source>Of the files imported since yesterday</source><translation>昨天以来导入的文件</translation></message>
    <message><source>Of the order</source><translation>整单</translation></message>
    <message><source>Offer new export files of a folder for import</source><translation>文件夹里有新的导出文件时，提示导入</translation></message>
    <message><source>Offers; when empty, last searches</source><translation>可选内容；空框时是最近查过的</translation></message>
    <message><source>Old PIN</source><translation>旧 PIN</translation></message>
    <message><source>Old or new value, reason, order number…</source><translation>改前改后的内容、原因、订单号…</translation></message>
    <message><source>On hand</source><translation>在库</translation></message>
    <message><source>On hand in the books</source><translation>账面在库</translation></message>
    <message><source>On hand over 30 days</source><translation>30 天在库</translation></message>
    <message><source>On hand {now}, 30 days ago {then}; {came} in, {went} out</source><translation>在库 {now} 件，30 天前 {then} 件；入库 {came} 件，出库 {went} 件</translation></message>
    <message><source>On the platform</source><translation>平台上</translation></message>
    <message><source>Once more</source><translation>再输一次</translation></message>
    <message><source>One click matches {n} lines, and all to come.</source><translation>点一下，匹配 {n} 行，以后也都认得。</translation></message>
    <message><source>One column</source><translation>一列</translation></message>
    <message><source>One less: {what}</source><translation>减一件：{what}</translation></message>
    <message><source>One more: {what}</source><translation>加一件：{what}</translation></message>
    <message><source>One of several values</source><translation>几个值，有一个就行</translation></message>
    <message><source>One of the two sides is enough</source><translation>两边满足一个就行</translation></message>
    <message><source>One row</source><translation>每行</translation></message>
    <message><source>Only new ones</source><translation>只打没打过的</translation></message>
    <message><source>Only note the request</source><translation>先登记</translation></message>
    <message><source>Only one field</source><translation>只看一个字段</translation></message>
    <message><source>Only the first {n} rows were looked at.</source><translation>只看了前 {n} 行。</translation></message>
    <message><source>Only the {n} sure ones</source><translation>只导没疑问的 {n} 单</translation></message>
    <message><source>Only what is otherwise today</source><translation>只看与现在不同的</translation></message>
    <message><source>Only written down: match it later</source><translation>只写了名称，以后再匹配</translation></message>
    <message><source>Only {n} are there</source><translation>只有 {n} 件</translation></message>
    <message><source>Open</source><translation>打开</translation></message>
    <message><source>Open a shop that is there</source><translation>打开已有的店铺</translation></message>
    <message><source>Open another shop</source><translation>打开另一家店</translation></message>
    <message><source>Open another shop…</source><translation>打开另一家店…</translation></message>
    <message><source>Open folder</source><translation>打开文件夹</translation></message>
    <message><source>Open the import</source><translation>看这次导入</translation></message>
    <message><source>Open the order</source><translation>打开订单</translation></message>
    <message><source>Open the shop's folder</source><translation>打开店铺文件夹</translation></message>
    <message><source>Open, or go to the detail</source><translation>打开或转到右侧详情</translation></message>
    <message><source>Opening the shop…</source><translation>正在打开店铺…</translation></message>
    <message><source>Options</source><translation>规格属性</translation></message>
    <message><source>Order</source><translation>订单</translation></message>
    <message><source>Order lines</source><translation>订单行数</translation></message>
    <message><source>Order no.</source><translation>订单号</translation></message>
    <message><source>Order no., buyer, phone, address, goods…</source><translation>订单号、买家、电话、地址、商品…</translation></message>
    <message><source>Order of a date</source><translation>日期顺序</translation></message>
    <message><source>Order or code</source><translation>订单号或编码</translation></message>
    <message><source>Order placed</source><translation>买家下单</translation></message>
    <message><source>Order status</source><translation>订单状态</translation></message>
    <message><source>Order {number}</source><translation>订单 {number}</translation></message>
    <message><source>Order {number} changed</source><translation>订单 {number} 已修改</translation></message>
    <message><source>Order {number} changed ({approval})</source><translation>订单 {number} 已改（{approval}）</translation></message>
    <message><source>Order {number} has left the house: its address can't be changed any more.</source><translation>订单 {number} 已发货或已结束，地址不能再改。</translation></message>
    <message><source>Order {number} made</source><translation>订单 {number} 已建好</translation></message>
    <message><source>Order {number}, {n} missing</source><translation>订单 {number}，缺 {n} 件</translation></message>
    <message><source>Order, field, value…</source><translation>订单号、字段、内容…</translation></message>
    <message><source>Ordered</source><translation>下单时间</translation></message>
    <message><source>Orders</source><translation>订单</translation></message>
    <message><source>Orders by region</source><translation>按地区统计</translation></message>
    <message><source>Orders that go {n}</source><translation>移除的订单 {n}</translation></message>
    <message><source>Orders that wait get them first, by deadline.</source><translation>先补给缺货的订单，按最晚发货时间。</translation></message>
    <message><source>Orders to ship</source><translation>要发货的订单</translation></message>
    <message><source>Orders {day}</source><translation>订单 {day}</translation></message>
    <message><source>Orders, stock, shipping and after-sales, all on this computer. No network, no account; the data are yours.</source><translation>订单、库存、发货、售后，都在这台电脑上。不用联网，不用注册，数据归你。</translation></message>
    <message><source>Orders, tracking numbers, goods or a stocktake: drag its columns to our fields once, and such files come in by themselves.</source><translation>订单、运单、商品或盘点表都行：把列和本店字段对应一次，以后同样的文件会自动读取。</translation></message>
    <message><source>Orders: {conditions}</source><translation>订单要：{conditions}</translation></message>
    <message><source>Other</source><translation>其他</translation></message>
    <message><source>Other discounts</source><translation>其他优惠</translation></message>
    <message><source>Other goods in place of {goods}</source><translation>把“{goods}”换成别的商品</translation></message>
    <message><source>Other goods…</source><translation>选别的…</translation></message>
    <message><source>Our field</source><translation>本店字段</translation></message>
    <message><source>Our fields</source><translation>本店字段</translation></message>
    <message><source>Out of stock</source><translation>缺货</translation></message>
    <message><source>Out of the mistakes in addresses and goods of the last {n} days</source><translation>来自最近 {n} 天的地址和商品差错</translation></message>
    <message><source>Overview</source><translation>总览</translation></message>
    <message><source>Owed</source><translation>应付</translation></message>
    <message><source>PIN</source><translation>PIN 码</translation></message>
    <message><source>PIN of {name}</source><translation>{name}的 PIN</translation></message>
    <message><source>Packing slips…</source><translation>发货单…</translation></message>
    <message><source>Packing slip…</source><translation>发货单…</translation></message>
    <message><source>Page before</source><translation>上一页</translation></message>
    <message><source>Page {page} of {pages}</source><translation>第 {page} 页，共 {pages} 页</translation></message>
    <message><source>Pages</source><translation>页数</translation></message>
    <message><source>Paid</source><translation>实付</translation></message>
    <message><source>Paid at</source><translation>付款时间</translation></message>
    <message><source>Paid less refunds</source><translation>实付减退款</translation></message>
    <message><source>Paid orders</source><translation>付款订单</translation></message>
    <message><source>Paid {amount}</source><translation>付款 {amount}</translation></message>
    <message><source>Paid {paid}</source><translation>已付 {paid}</translation></message>
    <message><source>Parcel</source><translation>包裹与单据</translation></message>
    <message><source>Part shipped</source><translation>部分发货</translation></message>
    <message><source>Partly hidden by the platform; slips print, our address label does not.</source><translation>平台隐藏了一部分；发货单能打，地址标签不能打。</translation></message>
    <message><source>Parts</source><translation>分类</translation></message>
    <message><source>Past its date</source><translation>过期</translation></message>
    <message><source>Past the seven days</source><translation>超过七天</translation></message>
    <message><source>Paste an address</source><translation>粘贴地址</translation></message>
    <message><source>Paste name, phone and address as the buyer sent them: they are recognised</source><translation>粘贴买家发来的姓名、电话和地址，自动识别</translation></message>
    <message><source>Paste numbers</source><translation>粘贴运单号</translation></message>
    <message><source>Paste this where buyers read it before they order</source><translation>贴到买家下单前看得到的地方</translation></message>
    <message><source>Payable</source><translation>应付</translation></message>
    <message><source>Payment received</source><translation>已收款</translation></message>
    <message><source>People</source><translation>人员</translation></message>
    <message><source>People and access</source><translation>人员和权限</translation></message>
    <message><source>People, PINs and roles…</source><translation>人员、PIN 和角色…</translation></message>
    <message><source>Personal</source><translation>个人信息</translation></message>
    <message><source>Phone</source><translation>电话</translation></message>
    <message><source>Pick list…</source><translation>拣货单…</translation></message>
    <message><source>Placed</source><translation>下单</translation></message>
    <message><source>Placed first</source><translation>先下的单</translation></message>
    <message><source>Placed later</source><translation>后下的单</translation></message>
    <message><source>Platform discount</source><translation>平台优惠</translation></message>
    <message><source>Platform goods to match</source><translation>待匹配的平台商品</translation></message>
    <message><source>Preview</source><translation>预览</translation></message>
    <message><source>Price</source><translation>售价</translation></message>
    <message><source>Price cut without asking, share</source><translation>免审核降价，比例</translation></message>
    <message><source>Price cut without asking, ¥</source><translation>免审核降价，金额（元）</translation></message>
    <message><source>Price of {goods}</source><translation>{goods} 的单价</translation></message>
    <message><source>Print</source><translation>打印</translation></message>
    <message><source>Print again</source><translation>需重打</translation></message>
    <message><source>Print at most {n} orders at a time: narrow the search first.</source><translation>一次最多打印 {n} 单，请先缩小范围。</translation></message>
    <message><source>Print the newest seal or send it to yourself: with it anybody can show later that nothing before it was rewritten.</source><translation>请把最新的封存码打印出来或发给自己，日后可以证明之前的留痕没有被改写。</translation></message>
    <message><source>Print the recovery code</source><translation>打印找回码</translation></message>
    <message><source>Print to PDF…</source><translation>打印为 PDF…</translation></message>
    <message><source>Print {n} pages…</source><translation>打印 {n} 张…</translation></message>
    <message><source>Printed</source><translation>已打印</translation></message>
    <message><source>Printed already: {what}</source><translation>这一单有{what}</translation></message>
    <message><source>Printed: {document}</source><translation>打印{document}</translation></message>
    <message><source>Printing {name}</source><translation>正在打印 {name}</translation></message>
    <message><source>Print…</source><translation>打印…</translation></message>
    <message><source>Proposed: {amount}</source><translation>建议 {amount}</translation></message>
    <message><source>Put “{word}”</source><translation>换成“{word}”</translation></message>
    <message><source>Qty</source><translation>数量</translation></message>
    <message><source>Quality</source><translation>质量问题</translation></message>
    <message><source>Quit</source><translation>退出</translation></message>
    <message><source>Quotes</source><translation>引号</translation></message>
    <message><source>Read as {what}</source><translation>读作 {what}</translation></message>
    <message><source>Read by your field map “{name}”, kept for files with these headings.</source><translation>按已存的字段对应“{name}”读取，表头相同的文件都这样读。</translation></message>
    <message><source>Read from a file…</source><translation>从文件读取…</translation></message>
    <message><source>Read it otherwise…</source><translation>换一种方式读取…</translation></message>
    <message><source>Reading the file…</source><translation>正在读取文件…</translation></message>
    <message><source>Reading…</source><translation>正在读取…</translation></message>
    <message><source>Ready</source><translation>可以发货</translation></message>
    <message><source>Ready, but changed after it was printed: print again</source><translation>可以发，但打印后改过，需重打</translation></message>
    <message><source>Ready, {n} orders in one parcel</source><translation>可以发货，{n} 单同一包裹</translation></message>
    <message><source>Ready-made groups</source><translation>现成分组</translation></message>
    <message><source>Ready-made groups…</source><translation>显示哪些现成分组…</translation></message>
    <message><source>Reason</source><translation>原因</translation></message>
    <message><source>Reason in words</source><translation>原因补充</translation></message>
    <message><source>Receive</source><translation>收货</translation></message>
    <message><source>Receive goods</source><translation>去收货</translation></message>
    <message><source>Receive goods by scanner, or import a goods file with code, name, price and stock.</source><translation>扫码收货，或导入带编码、名称、价格、库存的商品表。</translation></message>
    <message><source>Receive goods…</source><translation>收货入库…</translation></message>
    <message><source>Receive {n} units</source><translation>收货 {n} 件</translation></message>
    <message><source>Received {n} units</source><translation>已收货 {n} 件</translation></message>
    <message><source>Recipient</source><translation>收货人</translation></message>
    <message><source>Recognised</source><translation>已识别</translation></message>
    <message><source>Recompute ledgers, sums and the chain of the trail from the first row</source><translation>流水、合计和留痕链全部从头重算一遍</translation></message>
    <message><source>Recorded in the audit trail</source><translation>会留在操作留痕里</translation></message>
    <message><source>Recover the PIN</source><translation>找回 PIN</translation></message>
    <message><source>Recovery code</source><translation>找回码</translation></message>
    <message><source>Redo</source><translation>重做</translation></message>
    <message><source>Redo: {deed}</source><translation>重做：{deed}</translation></message>
    <message><source>Refresh</source><translation>刷新</translation></message>
    <message><source>Refund</source><translation>退款</translation></message>
    <message><source>Refund {amount}</source><translation>退款 {amount}</translation></message>
    <message><source>Refunded</source><translation>已退款</translation></message>
    <message><source>Refunded {amount}, {left} could still be given back</source><translation>已退款 {amount}，还能退 {left}</translation></message>
    <message><source>Refunds</source><translation>售后</translation></message>
    <message><source>Refund…</source><translation>退款…</translation></message>
    <message><source>Refuse</source><translation>拒绝</translation></message>
    <message><source>Refuse the after-sale</source><translation>拒绝售后</translation></message>
    <message><source>Refused or withdrawn</source><translation>已拒绝或撤销</translation></message>
    <message><source>Region</source><translation>地区</translation></message>
    <message><source>Reject</source><translation>驳回</translation></message>
    <message><source>Reject and say why</source><translation>驳回并说明</translation></message>
    <message><source>Rejected</source><translation>拒收</translation></message>
    <message><source>Remains</source><translation>实收</translation></message>
    <message><source>Remember and look again</source><translation>记住并再看一遍</translation></message>
    <message><source>Remembered for all files to come</source><translation>以后的文件都按这个意思</translation></message>
    <message><source>Remembered for later imports</source><translation>以后导入自动沿用</translation></message>
    <message><source>Remove</source><translation>去掉</translation></message>
    <message><source>Remove all filters</source><translation>去掉全部筛选</translation></message>
    <message><source>Remove filter {filter}</source><translation>去掉筛选 {filter}</translation></message>
    <message><source>Remove from all orders…</source><translation>从所有订单删除…</translation></message>
    <message><source>Remove the tag “{name}”?</source><translation>删除标签“{name}”？</translation></message>
    <message><source>Remove this condition</source><translation>去掉这个条件</translation></message>
    <message><source>Remove {name}</source><translation>删除 {name}</translation></message>
    <message><source>Removing the tag {name}</source><translation>正在删标签 {name}</translation></message>
    <message><source>Rename</source><translation>改名</translation></message>
    <message><source>Rename {name}</source><translation>给 {name} 改名</translation></message>
    <message><source>Rename…</source><translation>改名…</translation></message>
    <message><source>Renaming the tag {name}</source><translation>正在改标签 {name}</translation></message>
    <message><source>Reorder point</source><translation>补货点</translation></message>
    <message><source>Reorder point {n}</source><translation>补货点 {n}</translation></message>
    <message><source>Repeats</source><translation>重复的是</translation></message>
    <message><source>Replace the file</source><translation>替换并导出</translation></message>
    <message><source>Report saved: {file}</source><translation>报告已存为 {file}</translation></message>
    <message><source>Reprint {n} pages…</source><translation>补打 {n} 张…</translation></message>
    <message><source>Reprinted: {document}, copy {n}</source><translation>补打{document}，第 {n} 次</translation></message>
    <message><source>Reserved</source><translation>占用</translation></message>
    <message><source>Reset columns</source><translation>恢复默认列</translation></message>
    <message><source>Role</source><translation>角色</translation></message>
    <message><source>Role of {name}</source><translation>{name}的角色</translation></message>
    <message><source>Roles</source><translation>角色权限</translation></message>
    <message><source>Round to two decimals</source><translation>四舍五入到两位小数</translation></message>
    <message><source>Row</source><translation>行</translation></message>
    <message><source>Row above</source><translation>上一行</translation></message>
    <message><source>Row below</source><translation>下一行</translation></message>
    <message><source>Row height</source><translation>行高</translation></message>
    <message><source>Row {row} as it was read</source><translation>第 {row} 行原样</translation></message>
    <message><source>Rows</source><translation>行</translation></message>
    <message><source>Rows of one code add up; what was not counted stays as it is.</source><translation>同一编码的几行会加起来，没盘的商品不动。</translation></message>
    <message><source>Rows of the file</source><translation>文件行数</translation></message>
    <message><source>Rows that were not imported</source><translation>没能导入的行</translation></message>
    <message><source>Rows with one number are the goods of one order.</source><translation>订单号相同的几行，是同一单的几件商品。</translation></message>
    <message><source>Rows written</source><translation>写入的行</translation></message>
    <message><source>Rows {rows}</source><translation>第 {rows} 行</translation></message>
    <message><source>Rules in order</source><translation>依次的规则</translation></message>
    <message><source>SKU codes</source><translation>规格编码</translation></message>
    <message><source>Sample or gift</source><translation>样品或赠品</translation></message>
    <message><source>Save</source><translation>保存</translation></message>
    <message><source>Save and sort so</source><translation>保存并排序</translation></message>
    <message><source>Save as PDF</source><translation>存为 PDF 文件</translation></message>
    <message><source>Save as PDF…</source><translation>存为 PDF 文件…</translation></message>
    <message><source>Save as a file…</source><translation>存成文件…</translation></message>
    <message><source>Save as a picture</source><translation>保存为图片</translation></message>
    <message><source>Save as a picture…</source><translation>保存为图片…</translation></message>
    <message><source>Save as group</source><translation>存为分组</translation></message>
    <message><source>Save report</source><translation>存成报告</translation></message>
    <message><source>Save report…</source><translation>存成报告…</translation></message>
    <message><source>Save the numbers</source><translation>保存数字</translation></message>
    <message><source>Save the numbers…</source><translation>保存数字…</translation></message>
    <message><source>Save the sheet</source><translation>保存为 PDF</translation></message>
    <message><source>Save {amount}</source><translation>保存 {amount}</translation></message>
    <message><source>Saved as {file}</source><translation>已保存：{file}</translation></message>
    <message><source>Saved as {name}</source><translation>已存为 {name}</translation></message>
    <message><source>Saving the report</source><translation>正在保存报告</translation></message>
    <message><source>Saving {name}</source><translation>正在保存 {name}</translation></message>
    <message><source>Say first which column is this: {field}.</source><translation>请先指定哪一列是{field}。</translation></message>
    <message><source>Say what it means…</source><translation>说明意思…</translation></message>
    <message><source>Say what “{word}” means…</source><translation>说明“{word}”的意思…</translation></message>
    <message><source>Say which status</source><translation>请选状态</translation></message>
    <message><source>Say why</source><translation>请写明原因</translation></message>
    <message><source>Say why in words</source><translation>请写明原因</translation></message>
    <message><source>Say why it changes</source><translation>请写明为什么改</translation></message>
    <message><source>Say why it may leave</source><translation>请写明为什么放行</translation></message>
    <message><source>Scan a number a row, or paste a column from a spreadsheet.</source><translation>一行扫一个单号，也可以从表格里复制一列粘贴进来。</translation></message>
    <message><source>Scan or type a code</source><translation>请扫码或输入编码</translation></message>
    <message><source>Scan or type a code. The same code again counts one more; other goods book these first.</source><translation>扫码或输入编码。再扫一次加一件，扫别的商品先入账这个。</translation></message>
    <message><source>Scan, or type a code, a name or its initials; Enter adds it</source><translation>扫码，或输入编码、名称、拼音首字母，回车加入</translation></message>
    <message><source>Seal</source><translation>封存码</translation></message>
    <message><source>Seal now</source><translation>现在封存</translation></message>
    <message><source>Seals</source><translation>封存码</translation></message>
    <message><source>Seals of the trail</source><translation>留痕封存码</translation></message>
    <message><source>Seals of the trail…</source><translation>留痕封存码…</translation></message>
    <message><source>Search</source><translation>搜索</translation></message>
    <message><source>Search after-sales</source><translation>搜索售后</translation></message>
    <message><source>Search commands</source><translation>搜索命令</translation></message>
    <message><source>Search commands…</source><translation>搜索命令…</translation></message>
    <message><source>Search for something first: the group will hold whatever the search finds.</source><translation>先查点什么，才能把查找存为分组。</translation></message>
    <message><source>Search imports</source><translation>搜索导入记录</translation></message>
    <message><source>Search in all orders</source><translation>在全部订单里查</translation></message>
    <message><source>Search orders</source><translation>查订单</translation></message>
    <message><source>Search orders for "{words}"</source><translation>在订单里搜索“{words}”</translation></message>
    <message><source>Search stock</source><translation>搜索库存</translation></message>
    <message><source>Search the help</source><translation>在帮助里找</translation></message>
    <message><source>Search the trail</source><translation>搜索留痕</translation></message>
    <message><source>Search this list</source><translation>搜索这份清单</translation></message>
    <message><source>Search what is to be mended</source><translation>搜索待核对</translation></message>
    <message><source>Search your goods</source><translation>搜索规格</translation></message>
    <message><source>Searches of late</source><translation>最近查过</translation></message>
    <message><source>See</source><translation>查看</translation></message>
    <message><source>See all</source><translation>看全部</translation></message>
    <message><source>See all {n}</source><translation>看全部 {n}</translation></message>
    <message><source>See case</source><translation>看售后</translation></message>
    <message><source>See it</source><translation>去看看</translation></message>
    <message><source>See the order</source><translation>看订单</translation></message>
    <message><source>See the whole trail</source><translation>看全部留痕</translation></message>
    <message><source>Seller memo</source><translation>卖家备注</translation></message>
    <message><source>Sender on labels</source><translation>标签上的寄件人</translation></message>
    <message><source>Separator</source><translation>分隔符</translation></message>
    <message><source>Set of columns</source><translation>一组列</translation></message>
    <message><source>Set the new PIN</source><translation>设置新 PIN</translation></message>
    <message><source>Set tier</source><translation>设等级</translation></message>
    <message><source>Settings</source><translation>设置</translation></message>
    <message><source>Settings saved</source><translation>设置已保存</translation></message>
    <message><source>Settings…</source><translation>设置…</translation></message>
    <message><source>Settled last</source><translation>最近办完</translation></message>
    <message><source>Seven days without reason</source><translation>七天无理由</translation></message>
    <message><source>Several order numbers in one cell are one parcel.</source><translation>一格里有几个订单号，就是合并成一个包裹。</translation></message>
    <message><source>Several words</source><translation>几个词</translation></message>
    <message><source>Several: a comma between them</source><translation>几个标签用逗号隔开</translation></message>
    <message><source>Several: put commas between</source><translation>几个值用逗号隔开</translation></message>
    <message><source>Share of orders</source><translation>订单占比</translation></message>
    <message><source>Sheet</source><translation>纸张</translation></message>
    <message><source>Sheet of the workbook</source><translation>工作表</translation></message>
    <message><source>Sheet…</source><translation>打印页…</translation></message>
    <message><source>Ship</source><translation>发货</translation></message>
    <message><source>Ship all the same: {blocker}, {n} orders</source><translation>仍要发货：{blocker} {n} 单</translation></message>
    <message><source>Ship at most {n} orders at a time: narrow the search first.</source><translation>一次最多发 {n} 单，请先缩小范围。</translation></message>
    <message><source>Ship by</source><translation>最晚发货</translation></message>
    <message><source>Ship by {time}</source><translation>最晚 {time} 发货</translation></message>
    <message><source>Ship only what is checked</source><translation>只发已核对的订单</translation></message>
    <message><source>Ship them with {carrier}</source><translation>改用{carrier}</translation></message>
    <message><source>Ship what is in stock: {blocker}, {n} orders</source><translation>有货的先发：{blocker} {n} 单</translation></message>
    <message><source>Ship {n} orders</source><translation>发货 {n} 单</translation></message>
    <message><source>Ship-by time</source><translation>最晚发货</translation></message>
    <message><source>Shipped</source><translation>发货</translation></message>
    <message><source>Shipped at</source><translation>发货时间</translation></message>
    <message><source>Shipped {n} orders</source><translation>已发货 {n} 单</translation></message>
    <message><source>Shipping order</source><translation>发货顺序</translation></message>
    <message><source>Shipping order…</source><translation>发货顺序设置…</translation></message>
    <message><source>Shipping {n} orders</source><translation>正在发货 {n} 单</translation></message>
    <message><source>Ships what is there</source><translation>先发有货的</translation></message>
    <message><source>Ships within</source><translation>承诺发货</translation></message>
    <message><source>Ships, passed over</source><translation>放行，可以发货</translation></message>
    <message><source>Ship…</source><translation>发货…</translation></message>
    <message><source>Shop discount</source><translation>店铺优惠</translation></message>
    <message><source>Shop folder</source><translation>店铺文件夹</translation></message>
    <message><source>Shop notice…</source><translation>店铺公告…</translation></message>
    <message><source>Shop's name</source><translation>店铺名称</translation></message>
    <message><source>Short</source><translation>缺货</translation></message>
    <message><source>Show</source><translation>查看</translation></message>
    <message><source>Show as a chart</source><translation>看图</translation></message>
    <message><source>Show everything</source><translation>显示全部</translation></message>
    <message><source>Show its orders</source><translation>查看这些订单</translation></message>
    <message><source>Show the last 365 days</source><translation>看最近 365 天</translation></message>
    <message><source>Show the numbers</source><translation>看数字</translation></message>
    <message><source>Show the stock</source><translation>看库存</translation></message>
    <message><source>Show them</source><translation>看这些订单</translation></message>
    <message><source>Show {n} orders</source><translation>显示 {n} 单</translation></message>
    <message><source>Show {n}+ orders</source><translation>显示 {n}+ 单</translation></message>
    <message><source>Signs</source><translation>符号</translation></message>
    <message><source>Slip printed {slips} times, label {labels} times</source><translation>发货单打过 {slips} 次，地址标签打过 {labels} 次</translation></message>
    <message><source>Solved with the buyer</source><translation>已和买家解决</translation></message>
    <message><source>Somebody printed the same orders meanwhile: look at the copy numbers.</source><translation>同时有别处打印了这些订单，请看一下是第几次打印。</translation></message>
    <message><source>Something went wrong that should not</source><translation>程序出错了</translation></message>
    <message><source>Something went wrong that should not: {what}</source><translation>程序出错了：{what}</translation></message>
    <message><source>Sort downwards</source><translation>降序</translation></message>
    <message><source>Sort upwards</source><translation>升序</translation></message>
    <message><source>Space</source><translation>空格</translation></message>
    <message><source>Spreadsheet text</source><translation>表格</translation></message>
    <message><source>Stall</source><translation>摆摊</translation></message>
    <message><source>State</source><translation>状态</translation></message>
    <message><source>Status</source><translation>状态</translation></message>
    <message><source>Stays in the audit trail</source><translation>会留在操作留痕里</translation></message>
    <message><source>Stays in the audit trail for good</source><translation>会永久留在操作留痕里</translation></message>
    <message><source>Stays on record</source><translation>会留在操作留痕里</translation></message>
    <message><source>Stays out</source><translation>不能导入</translation></message>
    <message><source>Stays out {n}</source><translation>不能导入 {n} 行</translation></message>
    <message><source>Still missing: {field}</source><translation>还缺：{field}</translation></message>
    <message><source>Stock</source><translation>库存</translation></message>
    <message><source>Stock of the last 30 days</source><translation>最近 30 天库存</translation></message>
    <message><source>Stocktake</source><translation>盘点</translation></message>
    <message><source>Stop and quit</source><translation>停止并退出</translation></message>
    <message><source>Stop and quit?</source><translation>停止并退出？</translation></message>
    <message><source>Stopped</source><translation>已停止</translation></message>
    <message><source>Stopped. No file was written.</source><translation>已停止，没有写出文件。</translation></message>
    <message><source>Stopped. Nothing was imported.</source><translation>已停止，什么也没有导入。</translation></message>
    <message><source>Stopped: F5 counts again</source><translation>已停止，按 F5 重新统计</translation></message>
    <message><source>Suggestions</source><translation>可选内容</translation></message>
    <message><source>Tag</source><translation>标签</translation></message>
    <message><source>Tags</source><translation>标签</translation></message>
    <message><source>Tags: {tags}</source><translation>标签：{tags}</translation></message>
    <message><source>Tags…</source><translation>标签管理…</translation></message>
    <message><source>Take back</source><translation>取消</translation></message>
    <message><source>Take back {batch}</source><translation>撤销 {batch}</translation></message>
    <message><source>Take back {batch}?</source><translation>撤销 {batch}？</translation></message>
    <message><source>Take back…</source><translation>撤销导入…</translation></message>
    <message><source>Take out</source><translation>去掉</translation></message>
    <message><source>Take out {column}</source><translation>去掉 {column}</translation></message>
    <message><source>Take over the present search</source><translation>改用当前的查找条件</translation></message>
    <message><source>Take tags off</source><translation>去掉标签</translation></message>
    <message><source>Take the check back</source><translation>取消核对</translation></message>
    <message><source>Take the checks of {n} orders back</source><translation>取消 {n} 单的核对</translation></message>
    <message><source>Take the file's</source><translation>采用文件</translation></message>
    <message><source>Take the file's of {n}</source><translation>采用文件 {n} 处</translation></message>
    <message><source>Take the likeliest</source><translation>采用最像的</translation></message>
    <message><source>Take the old sheets out first.</source><translation>请先抽掉旧单。</translation></message>
    <message><source>Take the printed sheets out and print again after the change.</source><translation>改完后请抽掉旧单，重新打印。</translation></message>
    <message><source>Take what is offered</source><translation>选用提示</translation></message>
    <message><source>Take {goods} off</source><translation>去掉 {goods}</translation></message>
    <message><source>Taken back</source><translation>已撤销</translation></message>
    <message><source>Taken back by {who}, {time}</source><translation>{who} {time} 已撤销</translation></message>
    <message><source>Taken back: {batch}</source><translation>已撤销 {batch}</translation></message>
    <message><source>Taken back: {deed}</source><translation>已撤销：{deed}</translation></message>
    <message><source>Takes the goods off the stock; it can't be undone</source><translation>会从库存里扣货，不能撤销</translation></message>
    <message><source>Taking back {file}</source><translation>正在撤销 {file}</translation></message>
    <message><source>Text table</source><translation>文本表格</translation></message>
    <message><source>That can't be done</source><translation>这样做不行</translation></message>
    <message><source>That can't be understood</source><translation>看不懂</translation></message>
    <message><source>That did not work</source><translation>没有办成</translation></message>
    <message><source>The PIN has 4 to 12 digits</source><translation>PIN 要 4 到 12 位数字</translation></message>
    <message><source>The PIN is wrong.</source><translation>PIN 不对。</translation></message>
    <message><source>The PIN is wrong. The next one is looked at in {n} s.</source><translation>PIN 不对，{n} 秒后可以再试。</translation></message>
    <message><source>The address was wrong</source><translation>地址写错</translation></message>
    <message><source>The amount is none</source><translation>金额不对</translation></message>
    <message><source>The amounts of the waiting orders and of the files of the last 90 days go together.</source><translation>最近 90 天的文件和待处理订单，金额都对得上。</translation></message>
    <message><source>The buyer asked for it</source><translation>买家要求</translation></message>
    <message><source>The buyer changed their mind</source><translation>买家不想要了</translation></message>
    <message><source>The buyer owes</source><translation>买家应付变化</translation></message>
    <message><source>The buyer withdrew it</source><translation>买家撤销售后</translation></message>
    <message><source>The code is missing</source><translation>还没填找回码</translation></message>
    <message><source>The computer did not allow it</source><translation>电脑不允许</translation></message>
    <message><source>The cost is no amount</source><translation>成本不是金额</translation></message>
    <message><source>The file</source><translation>文件</translation></message>
    <message><source>The file knows something new of {n} orders.</source><translation>文件里有 {n} 单有新变化。</translation></message>
    <message><source>The file says otherwise than what was edited here.</source><translation>文件与本店的修改不一致。</translation></message>
    <message><source>The file's time</source><translation>文件时间</translation></message>
    <message><source>The file's value can't be taken</source><translation>不能采用文件的值</translation></message>
    <message><source>The files are then looked at again out of what was kept of them: nothing comes in before you say so.</source><translation>接着用保存的原始行再看一遍文件；你确认之前什么都不会导入。</translation></message>
    <message><source>The files' values can't be taken there: keep ours.</source><translation>这些不能采用文件的值，请保留本店。</translation></message>
    <message><source>The first change of each day seals the days before</source><translation>每天第一次改动时，自动封存之前的留痕</translation></message>
    <message><source>The first {n} of them.</source><translation>只列出前 {n} 单。</translation></message>
    <message><source>The first {n} of them; the report has all.</source><translation>只列出前 {n} 条，报告里有全部。</translation></message>
    <message><source>The first {n}, as they would come in.</source><translation>前 {n} 单，导入后就是这样。</translation></message>
    <message><source>The folder goes with the {n} groups in it.</source><translation>文件夹和里面的 {n} 个分组会一起删掉。</translation></message>
    <message><source>The folder is empty.</source><translation>文件夹是空的。</translation></message>
    <message><source>The folder of a shop on this computer or a drive</source><translation>选这台电脑或移动硬盘上的店铺文件夹</translation></message>
    <message><source>The goods of this order are not known: only an amount can be given back.</source><translation>这个订单没有商品明细，只能按金额退。</translation></message>
    <message><source>The last file before: {place}, {time}</source><translation>之前文件里的：{place}，{time}</translation></message>
    <message><source>The name is missing</source><translation>还没填姓名</translation></message>
    <message><source>The new PIN holds. Sign in with it.</source><translation>新 PIN 已生效，请用它登录。</translation></message>
    <message><source>The notice</source><translation>公告内容</translation></message>
    <message><source>The notice is copied: paste it on the shop's page</source><translation>公告已复制，可以贴到店铺页面了</translation></message>
    <message><source>The notice is empty</source><translation>公告是空的</translation></message>
    <message><source>The old PIN is missing</source><translation>还没填旧 PIN</translation></message>
    <message><source>The order as it was</source><translation>当时的订单</translation></message>
    <message><source>The order as it was…</source><translation>看当时的订单…</translation></message>
    <message><source>The order is not as it was when this was asked for</source><translation>订单与申请时已经不同</translation></message>
    <message><source>The orders are sound. Only figures and index made of them are wrong; they can be made anew.</source><translation>订单本身没有问题，只是由订单算出的统计或索引不对，可以重建。</translation></message>
    <message><source>The orders stay as they are.</source><translation>订单不受影响。</translation></message>
    <message><source>The orders with the latest deadlines go short.</source><translation>最晚发货时间最迟的订单会缺货。</translation></message>
    <message><source>The other {n} checks hold.</source><translation>其余 {n} 项对得上。</translation></message>
    <message><source>The payment is no amount</source><translation>收款金额不对</translation></message>
    <message><source>The person's name</source><translation>姓名</translation></message>
    <message><source>The raw rows of this file are not kept.</source><translation>这个文件没有保存原始行。</translation></message>
    <message><source>The row as it was read</source><translation>原始行</translation></message>
    <message><source>The rows of one order differ here, and only the first one counts. Amounts of each row belong to the goods of a row.</source><translation>同一单的几行在这一列不一样，只取第一行。每行各自的金额请对应到“每行的商品”里。</translation></message>
    <message><source>The same file as {file}; it counts once.</source><translation>和 {file} 是同一个文件，只导入一次。</translation></message>
    <message><source>The same in every row</source><translation>每一行都一样</translation></message>
    <message><source>The search can't be kept</source><translation>查找条件不能保存</translation></message>
    <message><source>The search is no longer kept.</source><translation>不再保留这个查找条件。</translation></message>
    <message><source>The shop needs a name</source><translation>店铺要有名称</translation></message>
    <message><source>The total of a row, where there is no unit price.</source><translation>没有单价时，用这一行的合计金额。</translation></message>
    <message><source>The trail keeps what came and what went</source><translation>导入和撤销都留痕</translation></message>
    <message><source>The two PINs differ</source><translation>两次输入的 PIN 不一样</translation></message>
    <message><source>The way of today's orders</source><translation>今天的流程</translation></message>
    <message><source>The whole row</source><translation>整行内容</translation></message>
    <message><source>The word</source><translation>认不出的词</translation></message>
    <message><source>Their sheets will be marked as reprints.</source><translation>这几张会标上“补打”。</translation></message>
    <message><source>Then</source><translation>当时</translation></message>
    <message><source>There are no goods “{text}”. Only goods that the shop has can be added.</source><translation>没有“{text}”这种商品，只能加店里有的商品。</translation></message>
    <message><source>There are no tracking numbers on the clipboard. Copy a column of them in the spreadsheet first.</source><translation>剪贴板里没有运单号。请先在表格里复制一列运单号。</translation></message>
    <message><source>There is a file {name} already; it will be replaced.</source><translation>已经有文件“{name}”，导出会替换它。</translation></message>
    <message><source>There is no sheet to print; the reason stands at the left.</source><translation>没有可打印的页，原因写在左边。</translation></message>
    <message><source>There is none in this state right now.</source><translation>现在没有这种状态的订单。</translation></message>
    <message><source>There is none yet.</source><translation>还没有封存码。</translation></message>
    <message><source>These are no days, or the second is before the first.</source><translation>日期不对，或后一天早于前一天。</translation></message>
    <message><source>These files are known by their headings</source><translation>认得这些文件（按表头识别）</translation></message>
    <message><source>These rows can't come in as the map is now.</source><translation>按现在的对应，这些行不能导入。</translation></message>
    <message><source>These rows say nothing new, or wait until what they belong to comes in.</source><translation>这些行没有新内容，或要等所属的订单导入。</translation></message>
    <message><source>They are decided already.</source><translation>已经处理过了。</translation></message>
    <message><source>They are two orders</source><translation>是两单</translation></message>
    <message><source>They must be the same goods</source><translation>必须是同一种商品</translation></message>
    <message><source>They must be the same goods, or take the likeliest of each</source><translation>要么都是同一种商品，要么各自采用最像的</translation></message>
    <message><source>This / ceiling</source><translation>本次 / 上限</translation></message>
    <message><source>This can't be</source><translation>不能这样改</translation></message>
    <message><source>This change stays in the audit trail for good</source><translation>这次修改会永久留在操作留痕里</translation></message>
    <message><source>This code is not the newest one; nothing was changed.</source><translation>找回码不对，或不是最新的一张，没有改动任何内容。</translation></message>
    <message><source>This code is shown only now. Whoever forgets the owner's PIN opens the shop with it: print it and keep it away from here.</source><translation>找回码只显示这一次。忘记店主 PIN 时靠它打开店铺：请打印出来，不要放在电脑旁。</translation></message>
    <message><source>This computer</source><translation>这台电脑</translation></message>
    <message><source>This field</source><translation>当前字段</translation></message>
    <message><source>This is no amount</source><translation>这不是金额</translation></message>
    <message><source>This line</source><translation>这一行</translation></message>
    <message><source>This month</source><translation>本月</translation></message>
    <message><source>This needs the owner's approval. Until then nothing of the order changes, and it does not ship.</source><translation>需要店主审核。通过前订单不变，也不能发货。</translation></message>
    <message><source>This shop</source><translation>这家店</translation></message>
    <message><source>This very file was imported before.</source><translation>这个文件以前已导入过。</translation></message>
    <message><source>This week</source><translation>本周</translation></message>
    <message><source>This year</source><translation>今年</translation></message>
    <message><source>Tick all</source><translation>全选</translation></message>
    <message><source>Tick none</source><translation>全不选</translation></message>
    <message><source>Tick the columns and drag them into order</source><translation>勾选要导出的列，拖动可以调整顺序</translation></message>
    <message><source>Ticked ones stand in the rail. To change one, copy it to your own groups first.</source><translation>勾选的显示在左侧。想改其中的条件，请先复制到我的分组。</translation></message>
    <message><source>Tier</source><translation>等级</translation></message>
    <message><source>Tiers that go first</source><translation>优先发货的客户</translation></message>
    <message><source>Time</source><translation>时间</translation></message>
    <message><source>Time left</source><translation>剩余</translation></message>
    <message><source>Timeline</source><translation>时间线</translation></message>
    <message><source>Times</source><translation>时间</translation></message>
    <message><source>To</source><translation>到</translation></message>
    <message><source>To be given back</source><translation>应退</translation></message>
    <message><source>To decide</source><translation>待我处理</translation></message>
    <message><source>To do</source><translation>要办的事</translation></message>
    <message><source>To import it again, it needs the first row and the columns Order number, Channel and Status.</source><translation>以后要把它再导入，需要保留第一行列名，并包含“订单号”“渠道”“状态”三列。</translation></message>
    <message><source>To import its goods again, it needs the columns Goods name and Quantity.</source><translation>要能把商品再导入，需要有“商品名称”和“数量”这两列。</translation></message>
    <message><source>To look at</source><translation>要留意</translation></message>
    <message><source>To match</source><translation>待匹配编码</translation></message>
    <message><source>To mend</source><translation>待核对</translation></message>
    <message><source>To reorder point</source><translation>与补货点</translation></message>
    <message><source>To ship today by hour</source><translation>今天要发的，按最晚发货时间</translation></message>
    <message><source>To the filters before it</source><translation>到文字前面的筛选</translation></message>
    <message><source>To what was paid for it</source><translation>摊到的优惠</translation></message>
    <message><source>Today</source><translation>今日</translation></message>
    <message><source>Today {time}</source><translation>今天 {time}</translation></message>
    <message><source>Too much, can be refunded</source><translation>多收可退</translation></message>
    <message><source>Took the files' values of {n} conflicts</source><translation>已采用文件 {n} 处</translation></message>
    <message><source>Topics</source><translation>主题</translation></message>
    <message><source>Tracking number</source><translation>运单号</translation></message>
    <message><source>Tracking number of {order}</source><translation>{order} 的运单号</translation></message>
    <message><source>Turn round</source><translation>反过来</translation></message>
    <message><source>Type how many</source><translation>请填件数</translation></message>
    <message><source>Type or scan</source><translation>输入或扫描</translation></message>
    <message><source>Type the memo in its place</source><translation>就地改备注</translation></message>
    <message><source>Type the order number</source><translation>请输入订单号</translation></message>
    <message><source>Type the tags in their place</source><translation>就地改标签</translation></message>
    <message><source>Type what came in</source><translation>填写收到的金额</translation></message>
    <message><source>Type words, or a field, a colon and a value. A click tries the example.</source><translation>直接写字，或写“查找项:值”。点例子就能试。</translation></message>
    <message><source>Unchanged</source><translation>没变</translation></message>
    <message><source>Undo</source><translation>撤销</translation></message>
    <message><source>Undo: {deed}</source><translation>撤销：{deed}</translation></message>
    <message><source>Unfold all</source><translation>全部展开</translation></message>
    <message><source>Units</source><translation>件数</translation></message>
    <message><source>Units gone</source><translation>少了几件</translation></message>
    <message><source>Units of {goods}</source><translation>{goods} 的数量</translation></message>
    <message><source>Unknown: leave empty</source><translation>不知道就不填</translation></message>
    <message><source>Unlock</source><translation>解锁</translation></message>
    <message><source>Until then orders move nothing.</source><translation>在此之前订单不动库存。</translation></message>
    <message><source>Up to the greater of both a cut of what the buyer owes is approved by this limit, and recorded so. 0 asks the owner every time.</source><translation>降价不超过两者中较大的一个，按额度自动通过并留痕；填 0 则每次都要店主审核。</translation></message>
    <message><source>Updated</source><translation>有变化</translation></message>
    <message><source>Use this map</source><translation>使用这份对应</translation></message>
    <message><source>Used or incomplete</source><translation>已使用或不完整</translation></message>
    <message><source>Value</source><translation>值</translation></message>
    <message><source>Value of</source><translation>项目</translation></message>
    <message><source>Values and where they come from</source><translation>各项的值和来源</translation></message>
    <message><source>Values put back {n}</source><translation>恢复的内容 {n}</translation></message>
    <message><source>Version</source><translation>版本</translation></message>
    <message><source>View</source><translation>视图</translation></message>
    <message><source>Virtual</source><translation>虚拟</translation></message>
    <message><source>Virtual goods have no stock</source><translation>虚拟商品没有库存</translation></message>
    <message><source>Virtual goods: no parcel needed</source><translation>虚拟商品，不用快递</translation></message>
    <message><source>Waiting orders</source><translation>等待订单</translation></message>
    <message><source>Waiting units</source><translation>等待件数</translation></message>
    <message><source>Way of payment</source><translation>收款方式</translation></message>
    <message><source>Welcome, shopkeeper</source><translation>欢迎，掌柜的</translation></message>
    <message><source>What</source><translation>类型</translation></message>
    <message><source>What becomes of {goods}</source><translation>{goods} 怎么处理</translation></message>
    <message><source>What belongs together</source><translation>括起来的先算</translation></message>
    <message><source>What came of it</source><translation>导入结果</translation></message>
    <message><source>What changed</source><translation>改了什么</translation></message>
    <message><source>What changes</source><translation>改什么</translation></message>
    <message><source>What does “{word}” mean?</source><translation>“{word}”是什么意思？</translation></message>
    <message><source>What fits</source><translation>相符的命令</translation></message>
    <message><source>What happened</source><translation>怎么了</translation></message>
    <message><source>What happened since</source><translation>之后的变化</translation></message>
    <message><source>What happened, in orders</source><translation>差错和单数</translation></message>
    <message><source>What happens</source><translation>结果</translation></message>
    <message><source>What is in doubt</source><translation>疑问</translation></message>
    <message><source>What is in the box can't be understood; it stays as it is.</source><translation>框里的内容看不懂，先原样留着。</translation></message>
    <message><source>What is in the box has more brackets than lines can show; it stays as it is.</source><translation>框里的条件括号太多，一行行摆不下，先原样留着。</translation></message>
    <message><source>What is kept stays, whatever the same file says again</source><translation>保留后，同样的内容再导入也不再提示</translation></message>
    <message><source>What is made ready and sent first; the first rule decides, the next ones where it does not</source><translation>决定先备哪些、先发哪些；先看第一条，相同再看下一条</translation></message>
    <message><source>What is printed or saved goes on record</source><translation>打印和保存都会记下来</translation></message>
    <message><source>What is taken back</source><translation>要撤销的内容</translation></message>
    <message><source>What is wrong</source><translation>问题</translation></message>
    <message><source>What it holds</source><translation>内容</translation></message>
    <message><source>What it is</source><translation>类别</translation></message>
    <message><source>What it looks like</source><translation>像是</translation></message>
    <message><source>What lies there now: the difference is booked.</source><translation>现有的库存数，差额会记一笔库存流水。</translation></message>
    <message><source>What must not be found</source><translation>不要有这个的</translation></message>
    <message><source>What stands there</source><translation>内容</translation></message>
    <message><source>What the import said</source><translation>导入明细</translation></message>
    <message><source>What their words mean</source><translation>文件里的状态，对应本店的</translation></message>
    <message><source>What to know</source><translation>说明</translation></message>
    <message><source>What was approved, rejected or withdrawn stands here with who and when.</source><translation>通过、驳回、撤回的改动都在这里，写着谁、什么时候。</translation></message>
    <message><source>What was done</source><translation>做了什么</translation></message>
    <message><source>What was imported…</source><translation>导入记录…</translation></message>
    <message><source>What was recognised is taken over; the others stay as they are</source><translation>识别出的会更正，其余的不变</translation></message>
    <message><source>What was seen comes back only with other amounts</source><translation>金额再变才会重新提示</translation></message>
    <message><source>What you call these orders</source><translation>给这些订单起个名字</translation></message>
    <message><source>When</source><translation>什么时候</translation></message>
    <message><source>Where it is empty the number tells, if it can. If it is always the same one, choose “Always”.</source><translation>留空时按运单号判断。如果都是同一家，请选“固定值”。</translation></message>
    <message><source>Where it stands</source><translation>所在位置</translation></message>
    <message><source>Where the values come from</source><translation>每个值从哪里来</translation></message>
    <message><source>Where the values come from…</source><translation>每个值从哪里来…</translation></message>
    <message><source>Which field? Type a word of it</source><translation>找哪一项？写一两个字</translation></message>
    <message><source>Which goods of yours is this?</source><translation>这是哪个规格？</translation></message>
    <message><source>Which one counts?</source><translation>以哪个为准？</translation></message>
    <message><source>Which orders</source><translation>哪些订单</translation></message>
    <message><source>Who</source><translation>谁</translation></message>
    <message><source>Who and when</source><translation>谁，什么时候</translation></message>
    <message><source>Who approves</source><translation>审核人</translation></message>
    <message><source>Who: {name}</source><translation>登录人：{name}</translation></message>
    <message><source>Whole files or nothing; your edits stay</source><translation>整个文件一起导入，你改过的保留</translation></message>
    <message><source>Whole order</source><translation>整单</translation></message>
    <message><source>Whole sheet</source><translation>看整页</translation></message>
    <message><source>Whose fault</source><translation>谁的责任</translation></message>
    <message><source>Why</source><translation>为什么</translation></message>
    <message><source>Why it stays out</source><translation>原因</translation></message>
    <message><source>Why not</source><translation>为什么</translation></message>
    <message><source>Why this much</source><translation>为什么退这么多</translation></message>
    <message><source>Will be recorded and follow</source><translation>会记成这样，并一起变</translation></message>
    <message><source>With prices</source><translation>印上价格</translation></message>
    <message><source>With the recovery code that was printed when the PIN was set. Others than owners get a new PIN from the owner.</source><translation>店主用设 PIN 时打印的找回码重设。其他人忘记 PIN，请店主重新设置。</translation></message>
    <message><source>With this PIN the shop is locked from now on: nobody opens it without one. The recovery code comes next; keep it.</source><translation>设好之后店铺会上锁：没有 PIN 谁也打不开。接下来会显示找回码，请保管好。</translation></message>
    <message><source>Withdraw</source><translation>撤回</translation></message>
    <message><source>Withdrawn</source><translation>已撤销</translation></message>
    <message><source>Within the limit for price cuts: it takes effect at once, and is on record so.</source><translation>在降价额度内，立即生效，按额度留痕。</translation></message>
    <message><source>Without a key or a move of the mouse; Ctrl+L locks at once.</source><translation>多久没有按键和鼠标操作就锁定；按 Ctrl+L 立即锁定。</translation></message>
    <message><source>Without a search it would hold all orders: search for something first.</source><translation>没有查找条件就是全部订单，请先写查找条件。</translation></message>
    <message><source>Without it the times tell: paid, shipped, completed, closed.</source><translation>没有这一列时，按付款、发货、完成、关闭时间判断。</translation></message>
    <message><source>Words at the foot of slips</source><translation>发货单末尾的话</translation></message>
    <message><source>Words with spaces or signs in them, as they stand</source><translation>带空格或符号的原文</translation></message>
    <message><source>Works offline</source><translation>全程离线可用</translation></message>
    <message><source>Worksheet</source><translation>工作表</translation></message>
    <message><source>Worth on the shelf</source><translation>在库成本</translation></message>
    <message><source>Write it as 2026-11-25 18:00</source><translation>请写成 2026-11-25 18:00</translation></message>
    <message><source>Writing the sheet</source><translation>生成打印页</translation></message>
    <message><source>Written</source><translation>已生成</translation></message>
    <message><source>Wrong price</source><translation>价格写错了</translation></message>
    <message><source>Wrong receipt</source><translation>收错数</translation></message>
    <message><source>Yesterday</source><translation>昨天</translation></message>
    <message><source>You can follow it on the carrier's site with this number.</source><translation>凭这个单号可以在快递官网查到进度。</translation></message>
    <message><source>You could search for</source><translation>可以这样查</translation></message>
    <message><source>You'll get the tracking number as soon as it has left.</source><translation>发出后马上把运单号告诉您。</translation></message>
    <message><source>Your data are as they were before this step.</source><translation>数据和这一步之前一样，没有改动。</translation></message>
    <message><source>Your goods</source><translation>我的规格</translation></message>
    <message><source>Your order {number} is completed. If anything is not right, tell us and we'll see to it.</source><translation>您的订单 {number} 已经交易成功，有任何问题请告诉我们，我们来处理。</translation></message>
    <message><source>Your order {number} is paid and being packed.</source><translation>您的订单 {number} 已付款，正在打包。</translation></message>
    <message><source>Your order {number} is paid; a part of it is being restocked right now.</source><translation>您的订单 {number} 已付款，有商品正在补货。</translation></message>
    <message><source>Your order {number} is paid; it waits for your refund request to be settled.</source><translation>您的订单 {number} 已付款，正在等您的退款申请处理完。</translation></message>
    <message><source>Your order {number} left on {time}.</source><translation>您的订单 {number} 已于 {time} 发出。</translation></message>
    <message><source>Your order {number} left on {time}: {parcels}.</source><translation>您的订单 {number} 已于 {time} 发出：{parcels}。</translation></message>
    <message><source>Your order {number} waits for your payment; we pack it as soon as it is paid.</source><translation>您的订单 {number} 还没付款，付款后马上为您打包。</translation></message>
    <message><source>Your order {number} was closed.</source><translation>您的订单 {number} 已关闭。</translation></message>
    <message><source>Z to A</source><translation>倒序</translation></message>
    <message><source>Zhanggui</source><translation>掌柜</translation></message>
    <message><source>a SKU</source><translation>一个规格</translation></message>
    <message><source>a folder</source><translation>选文件夹</translation></message>
    <message><source>a line of goods</source><translation>一件商品</translation></message>
    <message><source>a stock movement</source><translation>一笔库存流水</translation></message>
    <message><source>all of these</source><translation>全部条件</translation></message>
    <message><source>an amount is below zero</source><translation>有小于零的金额</translation></message>
    <message><source>an amount without goods</source><translation>只退钱，不算件数</translation></message>
    <message><source>an import</source><translation>导入</translation></message>
    <message><source>an order</source><translation>一个订单</translation></message>
    <message><source>and</source><translation>并且</translation></message>
    <message><source>and {n} more</source><translation>还有 {n} 个</translation></message>
    <message><source>any of these</source><translation>任一条件</translation></message>
    <message><source>available {n}</source><translation>可售 {n}</translation></message>
    <message><source>available {old} → {new}</source><translation>可售 {old} → {new}</translation></message>
    <message><source>bar</source><translation>竖线</translation></message>
    <message><source>becomes “{status}”</source><translation>变成“{status}”</translation></message>
    <message><source>blank</source><translation>空格</translation></message>
    <message><source>by urgency</source><translation>按紧急程度</translation></message>
    <message><source>can be printed: nothing is hidden any more</source><translation>可以打印了，没有隐藏的内容</translation></message>
    <message><source>can't be read</source><translation>读不了</translation></message>
    <message><source>checked first</source><translation>已核对在前</translation></message>
    <message><source>comes with another file</source><translation>另一个文件里也有</translation></message>
    <message><source>comma</source><translation>逗号</translation></message>
    <message><source>conflict</source><translation>冲突</translation></message>
    <message><source>cost {amount}</source><translation>成本 {amount}</translation></message>
    <message><source>day month year</source><translation>日 月 年</translation></message>
    <message><source>decimal comma</source><translation>小数逗号</translation></message>
    <message><source>early first</source><translation>早的在前</translation></message>
    <message><source>empty</source><translation>空</translation></message>
    <message><source>few</source><translation>少</translation></message>
    <message><source>from</source><translation>从</translation></message>
    <message><source>from {n} files</source><translation>来自 {n} 个文件</translation></message>
    <message><source>goes to {field}</source><translation>对应 {field}</translation></message>
    <message><source>grey first, purple to red</source><translation>灰旗在前，紫到红</translation></message>
    <message><source>h</source><translation>时</translation></message>
    <message><source>headings in row {n}</source><translation>第 {n} 行是表头</translation></message>
    <message><source>is closed: all of it was given back</source><translation>全部退完，订单关闭</translation></message>
    <message><source>is past already: the order counts as late</source><translation>已经过了，订单算超时</translation></message>
    <message><source>its share of discounts and what was given back before</source><translation>订单优惠摊到这几件</translation></message>
    <message><source>large first</source><translation>多的在前</translation></message>
    <message><source>late</source><translation>已超时</translation></message>
    <message><source>late first</source><translation>晚的在前</translation></message>
    <message><source>late since {time}</source><translation>{time} 起超时</translation></message>
    <message><source>leave these fields as you set them</source><translation>不再覆盖这几项</translation></message>
    <message><source>list price {price}</source><translation>原价 {price}</translation></message>
    <message><source>locked</source><translation>锁定</translation></message>
    <message><source>looked at first</source><translation>先看后进</translation></message>
    <message><source>many</source><translation>多</translation></message>
    <message><source>month day year</source><translation>月 日 年</translation></message>
    <message><source>more than its price</source><translation>比售价多</translation></message>
    <message><source>needed</source><translation>必需</translation></message>
    <message><source>needed: drag a column here</source><translation>必填，把列拖到这里</translation></message>
    <message><source>never</source><translation>不锁定</translation></message>
    <message><source>no goods</source><translation>不涉及商品</translation></message>
    <message><source>no longer held up by this case</source><translation>不再因这件售后卡住</translation></message>
    <message><source>no longer keeps it from leaving</source><translation>不再阻碍发货</translation></message>
    <message><source>no stock counted yet</source><translation>还没有库存</translation></message>
    <message><source>not given back</source><translation>不退</translation></message>
    <message><source>not imported</source><translation>不导入</translation></message>
    <message><source>not matched</source><translation>未匹配</translation></message>
    <message><source>not told</source><translation>未写省份</translation></message>
    <message><source>not {value}</source><translation>非 {value}</translation></message>
    <message><source>nothing</source><translation>空</translation></message>
    <message><source>nothing in the {n} days before</source><translation>前 {n} 天没有</translation></message>
    <message><source>now</source><translation>现在</translation></message>
    <message><source>of all these orders is overwritten</source><translation>这些订单的都会被覆盖</translation></message>
    <message><source>of {n} orders are overwritten</source><translation>{n} 单原来的会被覆盖</translation></message>
    <message><source>off prices in orders made by hand</source><translation>用于手工建单的单价</translation></message>
    <message><source>or</source><translation>或</translation></message>
    <message><source>paid {amount}</source><translation>实付 {amount}</translation></message>
    <message><source>passed over: {codes}</source><translation>放行：{codes}</translation></message>
    <message><source>printed</source><translation>已打印</translation></message>
    <message><source>red to purple, grey last</source><translation>红到紫，灰旗在后</translation></message>
    <message><source>report</source><translation>报告</translation></message>
    <message><source>row {n}</source><translation>第 {n} 行</translation></message>
    <message><source>row {row}</source><translation>第 {row} 行</translation></message>
    <message><source>row {row}: {column} {value} · {file}</source><translation>第 {row} 行 {column} {value}，{file}</translation></message>
    <message><source>semicolon</source><translation>分号</translation></message>
    <message><source>sheet {name}</source><translation>工作表 {name}</translation></message>
    <message><source>sheet {sheet}, row {row}</source><translation>工作表“{sheet}”，第 {row} 行</translation></message>
    <message><source>shows the old address; the next print is marked as a reprint</source><translation>上面是旧地址，重打会标“补打”</translation></message>
    <message><source>small first</source><translation>少的在前</translation></message>
    <message><source>some seconds</source><translation>几秒钟</translation></message>
    <message><source>stopping…</source><translation>正在停止…</translation></message>
    <message><source>tab</source><translation>制表符</translation></message>
    <message><source>the buyer's message</source><translation>买家留言</translation></message>
    <message><source>the order's own facts</source><translation>订单信息</translation></message>
    <message><source>the parts make {amount}</source><translation>合计应为 {amount}</translation></message>
    <message><source>the picture could not be stored there</source><translation>图片存不进去</translation></message>
    <message><source>the promise to ship runs from now</source><translation>发货时限从现在算起</translation></message>
    <message><source>the same again</source><translation>重复的文件</translation></message>
    <message><source>to</source><translation>到</translation></message>
    <message><source>to be paid</source><translation>等付款</translation></message>
    <message><source>today</source><translation>今天</translation></message>
    <message><source>today, yesterday, 7d</source><translation>今天、昨天、7天</translation></message>
    <message><source>told by the platform</source><translation>来自平台</translation></message>
    <message><source>unchecked first</source><translation>未核对在前</translation></message>
    <message><source>various</source><translation>各不相同</translation></message>
    <message><source>virtual</source><translation>虚拟商品</translation></message>
    <message><source>void</source><translation>已作废</translation></message>
    <message><source>waits {time}</source><translation>已等 {time}</translation></message>
    <message><source>will keep it from leaving</source><translation>会阻碍发货</translation></message>
    <message><source>with {n} other orders</source><translation>和另外 {n} 单一起</translation></message>
    <message><source>year month day</source><translation>年 月 日</translation></message>
    <message><source>yuan</source><translation>元</translation></message>
    <message><source>{amount} is free again, nothing is given back</source><translation>{amount} 不退，额度放回</translation></message>
    <message><source>{amount} is still owed: it waits on</source><translation>还差 {amount}，继续等付款</translation></message>
    <message><source>{amount} is to go back</source><translation>要退 {amount}</translation></message>
    <message><source>{amount} leaves the order's {paid}</source><translation>从实付 {paid} 里退 {amount}</translation></message>
    <message><source>{amount} less than owed, refunded {back}</source><translation>比应付少 {amount}，已退 {back}</translation></message>
    <message><source>{amount} more than owed</source><translation>比应付多 {amount}</translation></message>
    <message><source>{amount} went back to you the way you paid.</source><translation>{amount} 已原路退回。</translation></message>
    <message><source>{approval} approved: order {number} is changed</source><translation>{approval} 已通过，订单 {number} 已改</translation></message>
    <message><source>{approval} of order {number}: {state}</source><translation>订单 {number} 的 {approval}：{state}</translation></message>
    <message><source>{approval} rejected: order {number} stays as it is</source><translation>{approval} 已驳回，订单 {number} 不变</translation></message>
    <message><source>{approval} waits for approval; until then the order stays as it is</source><translation>{approval} 待审核，通过前订单不变</translation></message>
    <message><source>{carrier}, number {number}</source><translation>{carrier}，运单号 {number}</translation></message>
    <message><source>{case}: {amount} was given back</source><translation>{case}：已退款 {amount}</translation></message>
    <message><source>{change} on {weekday}</source><translation>{change} 比{weekday}</translation></message>
    <message><source>{code} is not known yet.</source><translation>还没有编码 {code}。</translation></message>
    <message><source>{code} was scanned, but these goods can't be booked yet: {why}</source><translation>扫到 {code}，但前面的商品还不能入账：{why}</translation></message>
    <message><source>{column}, personal data</source><translation>{column}，个人信息</translation></message>
    <message><source>{day} {hour}:00</source><translation>{day} {hour} 点</translation></message>
    <message><source>{document} {n} orders {at}</source><translation>{document} {n} 单 {at}</translation></message>
    <message><source>{document}: {n} printed copies</source><translation>已打印的{document} {n} 张</translation></message>
    <message><source>{d}d</source><translation>{d} 天</translation></message>
    <message><source>{d}d {h}h</source><translation>{d} 天 {h} 时</translation></message>
    <message><source>{field}: {old} becomes {new}</source><translation>{field}：{old} 改为 {new}</translation></message>
    <message><source>{field}: “{text}” is no amount.</source><translation>{field}：“{text}”不是金额。</translation></message>
    <message><source>{file}, row {row}</source><translation>{file}，第 {row} 行</translation></message>
    <message><source>{first} and {second}</source><translation>{first} 和 {second}</translation></message>
    <message><source>{flag} for {n} orders</source><translation>给 {n} 单插{flag}</translation></message>
    <message><source>{goods}: {change} booked</source><translation>{goods}：已入账 {change}</translation></message>
    <message><source>{hour}:00 {n}</source><translation>{hour} 点 {n} 单</translation></message>
    <message><source>{h}h</source><translation>{h} 时</translation></message>
    <message><source>{h}h {m}m</source><translation>{h} 时 {m} 分</translation></message>
    <message><source>{label}: {this} of at most {ceiling}</source><translation>{label}：{this}，上限 {ceiling}</translation></message>
    <message><source>{missing} still to be paid</source><translation>还差 {missing} 未付</translation></message>
    <message><source>{m}m</source><translation>{m} 分</translation></message>
    <message><source>{name} copy</source><translation>{name} 副本</translation></message>
    <message><source>{name} was sent to the printer</source><translation>{name} 已送到打印机</translation></message>
    <message><source>{n} SKUs</source><translation>{n} 个规格</translation></message>
    <message><source>{n} SKUs are here already, with the same values.</source><translation>{n} 个规格店里已有，内容一样。</translation></message>
    <message><source>{n} SKUs get new values.</source><translation>{n} 个规格有新内容。</translation></message>
    <message><source>{n} SKUs gone</source><translation>移除 {n} 个规格</translation></message>
    <message><source>{n} SKUs updated</source><translation>更新 {n} 个规格</translation></message>
    <message><source>{n} after-sales</source><translation>{n} 件售后</translation></message>
    <message><source>{n} available</source><translation>可售 {n}</translation></message>
    <message><source>{n} available, reorder point {point}</source><translation>可售 {n}，补货点 {point}</translation></message>
    <message><source>{n} can't be checked: {why}</source><translation>{n} 单不能核对：{why}</translation></message>
    <message><source>{n} checks</source><translation>{n} 项检查</translation></message>
    <message><source>{n} checks do not hold</source><translation>{n} 项对不上</translation></message>
    <message><source>{n} chosen</source><translation>已选 {n} 单</translation></message>
    <message><source>{n} columns</source><translation>{n} 列</translation></message>
    <message><source>{n} columns tell of persons</source><translation>其中 {n} 列是个人信息</translation></message>
    <message><source>{n} columns, all known</source><translation>{n} 列全认得</translation></message>
    <message><source>{n} columns, {m} unknown</source><translation>{n} 列，{m} 列不认得</translation></message>
    <message><source>{n} conflicts to decide</source><translation>{n} 处冲突待处理</translation></message>
    <message><source>{n} conflicts wait again</source><translation>{n} 处冲突重新待定</translation></message>
    <message><source>{n} conflicts: the file says otherwise than what was edited here. What stands here stays and waits for your decision.</source><translation>{n} 处冲突：文件和你在本店改过的不一样。先保留本店的，导入后等你决定。</translation></message>
    <message><source>{n} d</source><translation>{n} 天</translation></message>
    <message><source>{n} days</source><translation>{n} 天</translation></message>
    <message><source>{n} days before</source><translation>前 {n} 天</translation></message>
    <message><source>{n} deeds</source><translation>{n} 件</translation></message>
    <message><source>{n} doubtful orders left out</source><translation>有疑问未导入 {n} 单</translation></message>
    <message><source>{n} entries</source><translation>{n} 条留痕</translation></message>
    <message><source>{n} entries taken over</source><translation>{n} 条已处理</translation></message>
    <message><source>{n} entries.</source><translation>{n} 条。</translation></message>
    <message><source>{n} files</source><translation>{n} 个文件</translation></message>
    <message><source>{n} files were left out</source><translation>{n} 个文件没有导入</translation></message>
    <message><source>{n} in earlier cases</source><translation>之前已退 {n} 件</translation></message>
    <message><source>{n} kinds</source><translation>{n} 种</translation></message>
    <message><source>{n} lines chosen</source><translation>已选 {n} 条</translation></message>
    <message><source>{n} lines let stand</source><translation>{n} 条保留原样</translation></message>
    <message><source>{n} locked by edits</source><translation>{n} 项改过已锁定</translation></message>
    <message><source>{n} missing</source><translation>缺 {n}</translation></message>
    <message><source>{n} money entries are reversed</source><translation>冲销资金 {n} 笔</translation></message>
    <message><source>{n} money entries reversed</source><translation>冲销资金 {n} 笔</translation></message>
    <message><source>{n} more can't be closed</source><translation>还有 {n} 单不能关闭</translation></message>
    <message><source>{n} more filters</source><translation>还有 {n} 个筛选</translation></message>
    <message><source>{n} must leave today</source><translation>今天要发 {n}</translation></message>
    <message><source>{n} new</source><translation>新增 {n}</translation></message>
    <message><source>{n} new SKUs</source><translation>新增 {n} 个规格</translation></message>
    <message><source>{n} new SKUs go, unless they are used by now</source><translation>移除新建的 {n} 个规格（已用到的保留）</translation></message>
    <message><source>{n} new SKUs.</source><translation>{n} 个新规格。</translation></message>
    <message><source>{n} new export files. Import them?</source><translation>有 {n} 个新的导出文件，要导入吗？</translation></message>
    <message><source>{n} new orders</source><translation>新增 {n} 单</translation></message>
    <message><source>{n} numbers look like {carrier}</source><translation>{n} 个运单号像是{carrier}的</translation></message>
    <message><source>{n} of its values were touched since</source><translation>之后有 {n} 处已被改动，不能撤销</translation></message>
    <message><source>{n} of them come with another of these files.</source><translation>其中 {n} 单在另一个文件里也有，会合并。</translation></message>
    <message><source>{n} of {all} units</source><translation>退 {n} 件，共买 {all} 件</translation></message>
    <message><source>{n} on hand</source><translation>在库 {n} 件</translation></message>
    <message><source>{n} orders</source><translation>{n} 单</translation></message>
    <message><source>{n} orders are here already, with the same facts.</source><translation>{n} 单店里已有，内容一样。</translation></message>
    <message><source>{n} orders are in doubt. They come in with the others, unless you import only the sure ones; then the next import offers them again.</source><translation>{n} 单有疑问。默认和其他订单一起导入；若只导没疑问的，下次导入时会再次提示。</translation></message>
    <message><source>{n} orders are no longer checked</source><translation>已取消 {n} 单的核对</translation></message>
    <message><source>{n} orders as before</source><translation>还原 {n} 单</translation></message>
    <message><source>{n} orders checked</source><translation>已核对 {n} 单</translation></message>
    <message><source>{n} orders get their old values</source><translation>{n} 单恢复原来的内容</translation></message>
    <message><source>{n} orders go again</source><translation>移除 {n} 单</translation></message>
    <message><source>{n} orders gone</source><translation>移除 {n} 单</translation></message>
    <message><source>{n} orders have no sheet</source><translation>{n} 单没有生成</translation></message>
    <message><source>{n} orders have this tag.</source><translation>{n} 单有这个标签。</translation></message>
    <message><source>{n} orders lose it; nothing else of them changes.</source><translation>{n} 单会去掉这个标签，其他内容不变。</translation></message>
    <message><source>{n} orders not here yet.</source><translation>{n} 单店里还没有。</translation></message>
    <message><source>{n} orders now</source><translation>现在有 {n} 单</translation></message>
    <message><source>{n} orders stay as they are</source><translation>{n} 单予以保留</translation></message>
    <message><source>{n} orders still due today, by hour</source><translation>接下来要发的 {n} 单，按最晚发货时间</translation></message>
    <message><source>{n} orders updated</source><translation>更新 {n} 单</translation></message>
    <message><source>{n} orders wait</source><translation>{n} 单在等</translation></message>
    <message><source>{n} orders wait for it</source><translation>{n} 单在等它</translation></message>
    <message><source>{n} orders were refused; they are as they were.</source><translation>{n} 单没有发出，保持原样。</translation></message>
    <message><source>{n} parcels</source><translation>{n} 个包裹</translation></message>
    <message><source>{n} pieces</source><translation>{n} 件</translation></message>
    <message><source>{n} provinces</source><translation>{n} 个省份</translation></message>
    <message><source>{n} refunded</source><translation>已退 {n}</translation></message>
    <message><source>{n} rows</source><translation>{n} 行</translation></message>
    <message><source>{n} rows can't come in; nothing is guessed. Mend them in a new export and import that.</source><translation>{n} 行进不来，系统不猜。请重新导出后再导入。</translation></message>
    <message><source>{n} rows come in</source><translation>能导入 {n} 行</translation></message>
    <message><source>{n} rows copied</source><translation>已复制 {n} 行</translation></message>
    <message><source>{n} rows in {name}</source><translation>{name} 已写好，{n} 行</translation></message>
    <message><source>{n} rows looked at</source><translation>看了 {n} 行</translation></message>
    <message><source>{n} rows of the files imported since yesterday</source><translation>昨天以来导入的文件里有 {n} 行</translation></message>
    <message><source>{n} rows rejected</source><translation>拒收 {n} 行</translation></message>
    <message><source>{n} rows say the same as others; they count once.</source><translation>{n} 行和别的行重复，只算一次。</translation></message>
    <message><source>{n} rows wait</source><translation>{n} 行搁置</translation></message>
    <message><source>{n} rows wait for it</source><translation>有 {n} 行在等</translation></message>
    <message><source>{n} sent</source><translation>已发 {n}</translation></message>
    <message><source>{n} short</source><translation>缺货 {n}</translation></message>
    <message><source>{n} stock movements are reversed</source><translation>冲销库存 {n} 笔</translation></message>
    <message><source>{n} stock movements reversed</source><translation>冲销库存 {n} 笔</translation></message>
    <message><source>{n} things are otherwise today</source><translation>与现在有 {n} 处不同</translation></message>
    <message><source>{n} things to know; they keep nothing out.</source><translation>{n} 处要留意，不影响导入。</translation></message>
    <message><source>{n} to decide</source><translation>{n} 处待定</translation></message>
    <message><source>{n} to match</source><translation>{n} 种待匹配</translation></message>
    <message><source>{n} units</source><translation>{n} 件</translation></message>
    <message><source>{n} units are set aside, as far as they are there</source><translation>占用 {n} 件，有多少占多少</translation></message>
    <message><source>{n} units are taken off the order</source><translation>订单减掉 {n} 件</translation></message>
    <message><source>{n} units are written off</source><translation>报损 {n} 件</translation></message>
    <message><source>{n} units go back on the shelf</source><translation>入库 {n} 件</translation></message>
    <message><source>{n} units missing for orders</source><translation>订单还缺 {n} 件</translation></message>
    <message><source>{n} units set aside are free again</source><translation>放回占用的 {n} 件</translation></message>
    <message><source>{n} units set aside for orders will be missing</source><translation>会少给订单占用的 {n} 件</translation></message>
    <message><source>{n} values</source><translation>{n} 项</translation></message>
    <message><source>{n} values to decide</source><translation>{n} 处待定</translation></message>
    <message><source>{n} were printed before</source><translation>{n} 单以前打印过</translation></message>
    <message><source>{n} wrong PINs</source><translation>PIN 错 {n} 次</translation></message>
    <message><source>{n}+ orders</source><translation>{n}+ 单</translation></message>
    <message><source>{n}s left</source><translation>剩 {n} 秒</translation></message>
    <message><source>{person} may not do this ({what}). The owner can allow it under Settings → People.</source><translation>{person}没有“{what}”的权限，店主可在“设置 → 人员和权限”里开放。</translation></message>
    <message><source>{place}, more</source><translation>{place}（续）</translation></message>
    <message><source>{place}. It waits for your decision; until then the value here stays.</source><translation>{place}。等你决定，在此之前保留这里的值。</translation></message>
    <message><source>{rate} of what was paid</source><translation>占实付 {rate}</translation></message>
    <message><source>{ready} of {n} ready</source><translation>{n} 单里 {ready} 单可发</translation></message>
    <message><source>{share} of all</source><translation>占 {share}</translation></message>
    <message><source>{share} on the {n} days before</source><translation>{share} 比前 {n} 天</translation></message>
    <message><source>{surplus} too much, can be refunded</source><translation>多收 {surplus}，可退</translation></message>
    <message><source>{time} late</source><translation>已超 {time}</translation></message>
    <message><source>{time} later</source><translation>{time}后</translation></message>
    <message><source>{time} left</source><translation>剩 {time}</translation></message>
    <message><source>{weekday}: {amount} in all</source><translation>{weekday}全天 {amount}</translation></message>
    <message><source>“{name}” finds this now</source><translation>“{name}”已改用当前的查找条件</translation></message>
    <message><source>“{name}” is there already: all these orders get that tag instead.</source><translation>已经有“{name}”：这些订单会改用那个标签。</translation></message>
    <message><source>“{work}” is still running. Stopping it leaves the data as they were before it.</source><translation>“{work}”还在进行。停下来，数据会和它开始前一样。</translation></message>
    <message><source>“{work}” is still running; open the other shop when it is done.</source><translation>“{work}”还在进行，做完再打开另一家店。</translation></message>
    <message><source>“{work}” is still running; the window can be closed when it is done.</source><translation>“{work}”还在进行，完成后才能关闭窗口。</translation></message>
    <message><source>“{work}” of {name} is still running; others can sign in when it is done.</source><translation>{name}的“{work}”还在进行，完成后其他人才能登录。</translation></message>
    <message><source>…to one of our fields</source><translation>…对应的本店字段</translation></message>
    <message><source>↑ ↓ choose, Enter takes it</source><translation>↑ ↓ 选择，回车加入</translation></message>
    <message><source>↑ ↓ or Tab take, Enter searches</source><translation>↑ ↓ 或 Tab 选用，回车查找</translation></message>
</context>
</TS>
