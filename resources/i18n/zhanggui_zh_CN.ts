<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>zhanggui</name>
    <message><source> and {n} more</source><translation>，另有 {n} 种</translation></message>
    <message><source>, {n} of them in part</source><translation>，其中 {n} 单是部分发货</translation></message>
    <message><source>A part is on its way: {parcels}.</source><translation>其中一部分已经发出：{parcels}。</translation></message>
    <message><source>A report was written to {path}. It helps to mend the program.</source><translation>报告写在 {path}，有助于修好程序。</translation></message>
    <message><source>About Zhanggui</source><translation>关于掌柜</translation></message>
    <message><source>Address label</source><translation>地址标签</translation></message>
    <message><source>Address labels…</source><translation>地址标签…</translation></message>
    <message><source>Address label…</source><translation>地址标签…</translation></message>
    <message><source>After-sale {case}: {kind} {amount}</source><translation>售后 {case}：{kind} {amount}</translation></message>
    <message><source>After-sales</source><translation>售后</translation></message>
    <message><source>All</source><translation>全部</translation></message>
    <message><source>All files</source><translation>所有文件</translation></message>
    <message><source>All orders</source><translation>全部订单</translation></message>
    <message><source>An offline order desk for a small shop. Free software under the MIT licence; it collects no data.</source><translation>小店的离线订单台。按 MIT 许可证发布的自由软件，不收集任何数据。</translation></message>
    <message><source>As the computer</source><translation>跟随电脑</translation></message>
    <message><source>Audit</source><translation>留痕</translation></message>
    <message><source>Buyer</source><translation>买家</translation></message>
    <message><source>Buyer's message: {words}</source><translation>买家留言：{words}</translation></message>
    <message><source>Can it leave?</source><translation>能不能发</translation></message>
    <message><source>Cancel</source><translation>取消</translation></message>
    <message><source>Carrier</source><translation>快递公司</translation></message>
    <message><source>Change the address</source><translation>改地址</translation></message>
    <message><source>Change {n} orders</source><translation>修改 {n} 单</translation></message>
    <message><source>Changed {n} orders</source><translation>改好了 {n} 单</translation></message>
    <message><source>Changes along with it</source><translation>会一起变的</translation></message>
    <message><source>Charts</source><translation>数据</translation></message>
    <message><source>Choose a carrier</source><translation>请选快递公司</translation></message>
    <message><source>Choose an order to see it here.</source><translation>选一个订单，在这里看详情。</translation></message>
    <message><source>Choose everything found</source><translation>全选查到的</translation></message>
    <message><source>Choose several rows</source><translation>连选几行</translation></message>
    <message><source>Choose the row</source><translation>勾选这一行</translation></message>
    <message><source>Choose…</source><translation>请选择…</translation></message>
    <message><source>Clear data from the platform</source><translation>平台给了明文</translation></message>
    <message><source>Clear selection</source><translation>清除选择</translation></message>
    <message><source>Clear the search</source><translation>清空搜索</translation></message>
    <message><source>Close</source><translation>关闭</translation></message>
    <message><source>Close the panel</source><translation>收起面板</translation></message>
    <message><source>Closed</source><translation>交易关闭</translation></message>
    <message><source>Closed at</source><translation>关闭时间</translation></message>
    <message><source>Closed: {reason}</source><translation>关闭原因：{reason}</translation></message>
    <message><source>Colours</source><translation>配色</translation></message>
    <message><source>Compact</source><translation>紧凑</translation></message>
    <message><source>Completed</source><translation>交易成功</translation></message>
    <message><source>Completed at</source><translation>完成时间</translation></message>
    <message><source>Copied {what}</source><translation>已复制 {what}</translation></message>
    <message><source>Copied: {words}</source><translation>已复制：{words}</translation></message>
    <message><source>Copy details</source><translation>复制详情</translation></message>
    <message><source>Copy rows for a spreadsheet</source><translation>复制成表格</translation></message>
    <message><source>Copy the order number</source><translation>复制订单号</translation></message>
    <message><source>Copy {what}</source><translation>复制 {what}</translation></message>
    <message><source>Copy “where is my order”</source><translation>复制“我的快递到哪了”答复</translation></message>
    <message><source>Dark</source><translation>深色</translation></message>
    <message><source>Database OK</source><translation>本地数据库正常</translation></message>
    <message><source>Detail panel</source><translation>详情面板</translation></message>
    <message><source>Details</source><translation>详情</translation></message>
    <message><source>Discount</source><translation>优惠</translation></message>
    <message><source>Document</source><translation>单据</translation></message>
    <message><source>Drawing: {document}</source><translation>正在生成{document}</translation></message>
    <message><source>Drawing…</source><translation>正在生成…</translation></message>
    <message><source>Edit</source><translation>修改</translation></message>
    <message><source>Edit address</source><translation>改地址</translation></message>
    <message><source>Edit address…</source><translation>改地址…</translation></message>
    <message><source>Edit recipient and address</source><translation>修改收货地址</translation></message>
    <message><source>Excel workbook</source><translation>表格文件</translation></message>
    <message><source>Export</source><translation>导出</translation></message>
    <message><source>Export files</source><translation>导出文件</translation></message>
    <message><source>Export the order list on the platform and drop the file anywhere on this window.</source><translation>在平台导出订单报表，把文件拖进这个窗口就行。</translation></message>
    <message><source>Export {n} orders</source><translation>导出 {n} 单</translation></message>
    <message><source>Exporting to {name}</source><translation>正在导出到 {name}</translation></message>
    <message><source>Export…</source><translation>导出…</translation></message>
    <message><source>File</source><translation>文件</translation></message>
    <message><source>Flag</source><translation>旗帜</translation></message>
    <message><source>For after-sales</source><translation>售后需要</translation></message>
    <message><source>For packing</source><translation>打包提醒</translation></message>
    <message><source>Freight</source><translation>运费</translation></message>
    <message><source>From {file}, row {row}</source><translation>来自 {file} 第 {row} 行</translation></message>
    <message><source>Full audit</source><translation>全部留痕</translation></message>
    <message><source>Goods</source><translation>商品</translation></message>
    <message><source>Goods not known yet</source><translation>商品明细未导入</translation></message>
    <message><source>Hello!</source><translation>您好！</translation></message>
    <message><source>Help</source><translation>帮助</translation></message>
    <message><source>Import</source><translation>导入</translation></message>
    <message><source>Import export files</source><translation>导入导出文件</translation></message>
    <message><source>Import…</source><translation>导入…</translation></message>
    <message><source>In your words</source><translation>补充说明</translation></message>
    <message><source>It is later than promised, we are sorry; we are hurrying.</source><translation>比承诺的时间晚了，非常抱歉，我们正在加紧。</translation></message>
    <message><source>It isn't there</source><translation>找不到</translation></message>
    <message><source>It leaves by {time} at the latest.</source><translation>最晚 {time} 前发出。</translation></message>
    <message><source>It was changed meanwhile</source><translation>已被别处改动</translation></message>
    <message><source>Keyboard</source><translation>键盘操作</translation></message>
    <message><source>Language</source><translation>语言</translation></message>
    <message><source>Later imports</source><translation>以后的导入</translation></message>
    <message><source>Leave a dialog</source><translation>离开对话框</translation></message>
    <message><source>Leave empty to keep each as it is</source><translation>不填就各自不变</translation></message>
    <message><source>Light</source><translation>浅色</translation></message>
    <message><source>Look again</source><translation>重新看看</translation></message>
    <message><source>Match</source><translation>去匹配</translation></message>
    <message><source>Memo</source><translation>备注</translation></message>
    <message><source>Memo, flag and tags</source><translation>备注、旗帜和标签</translation></message>
    <message><source>Memo, flag and tags…</source><translation>备注、旗帜和标签…</translation></message>
    <message><source>Memo: {words}</source><translation>备注：{words}</translation></message>
    <message><source>Message</source><translation>留言</translation></message>
    <message><source>Money</source><translation>金额</translation></message>
    <message><source>More</source><translation>更多</translation></message>
    <message><source>New</source><translation>改成</translation></message>
    <message><source>Next page</source><translation>下一页</translation></message>
    <message><source>No glyph for {characters}: printed as 〓</source><translation>字体里没有 {characters}，印成了 〓</translation></message>
    <message><source>No memo</source><translation>没有备注</translation></message>
    <message><source>No order here fits “{words}”.</source><translation>这里没有符合“{words}”的订单。</translation></message>
    <message><source>No orders here</source><translation>这里没有订单</translation></message>
    <message><source>No orders yet</source><translation>还没有订单</translation></message>
    <message><source>No tracking number yet</source><translation>还没填运单号</translation></message>
    <message><source>None of these orders waits for shipment: nothing to pick.</source><translation>这些订单都不在待发货，没有要拣的商品。</translation></message>
    <message><source>Normal</source><translation>标准</translation></message>
    <message><source>Not known yet: import the goods list of this period.</source><translation>商品明细未导入，请导入这段时间的宝贝报表。</translation></message>
    <message><source>Not printed yet</source><translation>还没打印</translation></message>
    <message><source>Nothing changed yet</source><translation>还没有改动</translation></message>
    <message><source>Nothing found</source><translation>没有查到</translation></message>
    <message><source>Nothing to print</source><translation>没有可打印的</translation></message>
    <message><source>Now</source><translation>现在</translation></message>
    <message><source>Number, buyer, phone tail, goods… or field:value</source><translation>单号、买家、手机尾号、商品… 或 省:浙江 旗:红</translation></message>
    <message><source>Only new ones</source><translation>只打没打过的</translation></message>
    <message><source>Open</source><translation>打开</translation></message>
    <message><source>Open another shop</source><translation>打开另一家店</translation></message>
    <message><source>Open another shop…</source><translation>打开另一家店…</translation></message>
    <message><source>Open folder</source><translation>打开文件夹</translation></message>
    <message><source>Open the shop's folder</source><translation>打开店铺文件夹</translation></message>
    <message><source>Opening the shop…</source><translation>正在打开店铺…</translation></message>
    <message><source>Order</source><translation>订单</translation></message>
    <message><source>Order no.</source><translation>订单号</translation></message>
    <message><source>Order placed</source><translation>买家下单</translation></message>
    <message><source>Order status</source><translation>订单状态</translation></message>
    <message><source>Order {number} has left the house: its address can't be changed any more.</source><translation>订单 {number} 已发货或已结束，地址不能再改。</translation></message>
    <message><source>Ordered</source><translation>下单时间</translation></message>
    <message><source>Orders</source><translation>订单</translation></message>
    <message><source>Orders to ship</source><translation>要发货的订单</translation></message>
    <message><source>Orders {day}</source><translation>订单 {day}</translation></message>
    <message><source>Other</source><translation>其他</translation></message>
    <message><source>Other discounts</source><translation>其他优惠</translation></message>
    <message><source>Owed</source><translation>应付</translation></message>
    <message><source>Packing slips…</source><translation>发货单…</translation></message>
    <message><source>Packing slip…</source><translation>发货单…</translation></message>
    <message><source>Page before</source><translation>上一页</translation></message>
    <message><source>Page {page} of {pages}</source><translation>第 {page} 页，共 {pages} 页</translation></message>
    <message><source>Pages</source><translation>页数</translation></message>
    <message><source>Paid</source><translation>实付</translation></message>
    <message><source>Paid {amount}</source><translation>付款 {amount}</translation></message>
    <message><source>Part shipped</source><translation>部分发货</translation></message>
    <message><source>Partly hidden by the platform; slips print, our address label does not.</source><translation>平台隐藏了一部分；发货单能打，地址标签不能打。</translation></message>
    <message><source>Paste numbers</source><translation>粘贴运单号</translation></message>
    <message><source>Pick list…</source><translation>拣货单…</translation></message>
    <message><source>Platform discount</source><translation>平台优惠</translation></message>
    <message><source>Preview</source><translation>预览</translation></message>
    <message><source>Print</source><translation>打印</translation></message>
    <message><source>Print {n} pages…</source><translation>打印 {n} 张…</translation></message>
    <message><source>Printed</source><translation>已打印</translation></message>
    <message><source>Printed: {document}</source><translation>打印{document}</translation></message>
    <message><source>Printing {name}</source><translation>正在打印 {name}</translation></message>
    <message><source>Print…</source><translation>打印…</translation></message>
    <message><source>Put “{word}”</source><translation>换成“{word}”</translation></message>
    <message><source>Qty</source><translation>数量</translation></message>
    <message><source>Quit</source><translation>退出</translation></message>
    <message><source>Ready</source><translation>可以发货</translation></message>
    <message><source>Ready, {n} orders in one parcel</source><translation>可以发货，{n} 单同一包裹</translation></message>
    <message><source>Reason</source><translation>原因</translation></message>
    <message><source>Reason in words</source><translation>原因补充</translation></message>
    <message><source>Receive goods</source><translation>去收货</translation></message>
    <message><source>Recipient</source><translation>收货人</translation></message>
    <message><source>Refresh</source><translation>刷新</translation></message>
    <message><source>Refunded</source><translation>已退款</translation></message>
    <message><source>Refunds</source><translation>售后</translation></message>
    <message><source>Refund…</source><translation>退款…</translation></message>
    <message><source>Region</source><translation>地区</translation></message>
    <message><source>Remains</source><translation>实收</translation></message>
    <message><source>Remove filter {filter}</source><translation>去掉筛选 {filter}</translation></message>
    <message><source>Reprint {n} pages…</source><translation>补打 {n} 张…</translation></message>
    <message><source>Reprinted: {document}, copy {n}</source><translation>补打{document}，第 {n} 次</translation></message>
    <message><source>Row above</source><translation>上一行</translation></message>
    <message><source>Row below</source><translation>下一行</translation></message>
    <message><source>Row height</source><translation>行高</translation></message>
    <message><source>Save</source><translation>保存</translation></message>
    <message><source>Save as PDF</source><translation>存为 PDF 文件</translation></message>
    <message><source>Save as PDF…</source><translation>存为 PDF 文件…</translation></message>
    <message><source>Saved as {name}</source><translation>已存为 {name}</translation></message>
    <message><source>Saving {name}</source><translation>正在保存 {name}</translation></message>
    <message><source>Say why it changes</source><translation>请写明为什么改</translation></message>
    <message><source>Say why it may leave</source><translation>请写明为什么放行</translation></message>
    <message><source>Scan a number a row, or paste a column from a spreadsheet.</source><translation>一行扫一个单号，也可以从表格里复制一列粘贴进来。</translation></message>
    <message><source>Search</source><translation>搜索</translation></message>
    <message><source>Search in all orders</source><translation>在全部订单里查</translation></message>
    <message><source>Search orders</source><translation>查订单</translation></message>
    <message><source>See</source><translation>查看</translation></message>
    <message><source>See case</source><translation>看售后</translation></message>
    <message><source>Several: a comma between them</source><translation>几个标签用逗号隔开</translation></message>
    <message><source>Sheet</source><translation>纸张</translation></message>
    <message><source>Ship</source><translation>发货</translation></message>
    <message><source>Ship all the same: {blocker}, {n} orders</source><translation>仍要发货：{blocker} {n} 单</translation></message>
    <message><source>Ship at most {n} orders at a time: narrow the search first.</source><translation>一次最多发 {n} 单，请先缩小范围。</translation></message>
    <message><source>Ship by {time}</source><translation>最晚 {time} 发货</translation></message>
    <message><source>Ship them with {carrier}</source><translation>改用{carrier}</translation></message>
    <message><source>Ship what is in stock: {blocker}, {n} orders</source><translation>有货的先发：{blocker} {n} 单</translation></message>
    <message><source>Ship {n} orders</source><translation>发货 {n} 单</translation></message>
    <message><source>Shipped</source><translation>发货</translation></message>
    <message><source>Shipped at</source><translation>发货时间</translation></message>
    <message><source>Shipped {n} orders</source><translation>已发货 {n} 单</translation></message>
    <message><source>Shipping {n} orders</source><translation>正在发货 {n} 单</translation></message>
    <message><source>Ships what is there</source><translation>先发有货的</translation></message>
    <message><source>Ships, passed over</source><translation>放行，可以发货</translation></message>
    <message><source>Ship…</source><translation>发货…</translation></message>
    <message><source>Shop discount</source><translation>店铺优惠</translation></message>
    <message><source>Shop folder</source><translation>店铺文件夹</translation></message>
    <message><source>Slip printed {slips} times, label {labels} times</source><translation>发货单打过 {slips} 次，地址标签打过 {labels} 次</translation></message>
    <message><source>Somebody printed the same orders meanwhile: look at the copy numbers.</source><translation>同时有别处打印了这些订单，请看一下是第几次打印。</translation></message>
    <message><source>Something went wrong that should not</source><translation>程序出错了</translation></message>
    <message><source>Something went wrong that should not: {what}</source><translation>程序出错了：{what}</translation></message>
    <message><source>Status</source><translation>状态</translation></message>
    <message><source>Stays on record</source><translation>会留在操作留痕里</translation></message>
    <message><source>Stock</source><translation>库存</translation></message>
    <message><source>Stop and quit</source><translation>停止并退出</translation></message>
    <message><source>Stop and quit?</source><translation>停止并退出？</translation></message>
    <message><source>Stopped</source><translation>已停止</translation></message>
    <message><source>Tags: {tags}</source><translation>标签：{tags}</translation></message>
    <message><source>Takes the goods off the stock; it can't be undone</source><translation>会从库存里扣货，不能撤销</translation></message>
    <message><source>Text table</source><translation>文本表格</translation></message>
    <message><source>That can't be done</source><translation>这样做不行</translation></message>
    <message><source>That can't be understood</source><translation>看不懂</translation></message>
    <message><source>That did not work</source><translation>没有办成</translation></message>
    <message><source>The address was wrong</source><translation>地址写错</translation></message>
    <message><source>The buyer asked for it</source><translation>买家要求</translation></message>
    <message><source>The computer did not allow it</source><translation>电脑不允许</translation></message>
    <message><source>Their sheets will be marked as reprints.</source><translation>这几张会标上“补打”。</translation></message>
    <message><source>There are no tracking numbers on the clipboard. Copy a column of them in the spreadsheet first.</source><translation>剪贴板里没有运单号。请先在表格里复制一列运单号。</translation></message>
    <message><source>There is no sheet to print; the reason stands at the left.</source><translation>没有可打印的页，原因写在左边。</translation></message>
    <message><source>There is none in this state right now.</source><translation>现在没有这种状态的订单。</translation></message>
    <message><source>This change stays in the audit trail for good</source><translation>这次修改会永久留在操作留痕里</translation></message>
    <message><source>Time left</source><translation>剩余</translation></message>
    <message><source>Timeline</source><translation>时间线</translation></message>
    <message><source>Today</source><translation>今日</translation></message>
    <message><source>Today {time}</source><translation>今天 {time}</translation></message>
    <message><source>Tracking number</source><translation>运单号</translation></message>
    <message><source>Tracking number of {order}</source><translation>{order} 的运单号</translation></message>
    <message><source>Type or scan</source><translation>输入或扫描</translation></message>
    <message><source>Units</source><translation>件数</translation></message>
    <message><source>Version</source><translation>版本</translation></message>
    <message><source>View</source><translation>视图</translation></message>
    <message><source>Virtual goods: no parcel needed</source><translation>虚拟商品，不用快递</translation></message>
    <message><source>What is printed or saved goes on record</source><translation>打印和保存都会记下来</translation></message>
    <message><source>Which orders</source><translation>哪些订单</translation></message>
    <message><source>Why</source><translation>为什么</translation></message>
    <message><source>With prices</source><translation>印上价格</translation></message>
    <message><source>You can follow it on the carrier's site with this number.</source><translation>凭这个单号可以在快递官网查到进度。</translation></message>
    <message><source>You'll get the tracking number as soon as it has left.</source><translation>发出后马上把运单号告诉您。</translation></message>
    <message><source>Your data are as they were before this step.</source><translation>数据和这一步之前一样，没有改动。</translation></message>
    <message><source>Your order {number} is completed. If anything is not right, tell us and we'll see to it.</source><translation>您的订单 {number} 已经交易成功，有任何问题请告诉我们，我们来处理。</translation></message>
    <message><source>Your order {number} is paid and being packed.</source><translation>您的订单 {number} 已付款，正在打包。</translation></message>
    <message><source>Your order {number} is paid; a part of it is being restocked right now.</source><translation>您的订单 {number} 已付款，有商品正在补货。</translation></message>
    <message><source>Your order {number} is paid; it waits for your refund request to be settled.</source><translation>您的订单 {number} 已付款，正在等您的退款申请处理完。</translation></message>
    <message><source>Your order {number} left on {time}.</source><translation>您的订单 {number} 已于 {time} 发出。</translation></message>
    <message><source>Your order {number} left on {time}: {parcels}.</source><translation>您的订单 {number} 已于 {time} 发出：{parcels}。</translation></message>
    <message><source>Your order {number} waits for your payment; we pack it as soon as it is paid.</source><translation>您的订单 {number} 还没付款，付款后马上为您打包。</translation></message>
    <message><source>Your order {number} was closed.</source><translation>您的订单 {number} 已关闭。</translation></message>
    <message><source>Zhanggui</source><translation>掌柜</translation></message>
    <message><source>available {n}</source><translation>可售 {n}</translation></message>
    <message><source>can be printed: nothing is hidden any more</source><translation>可以打印了，没有隐藏的内容</translation></message>
    <message><source>leave these fields as you set them</source><translation>不再覆盖这几项</translation></message>
    <message><source>looks like {carrier}</source><translation>像是{carrier}的</translation></message>
    <message><source>no longer keeps it from leaving</source><translation>不再阻碍发货</translation></message>
    <message><source>not matched</source><translation>未匹配</translation></message>
    <message><source>of {n} orders are overwritten</source><translation>{n} 单原来的会被覆盖</translation></message>
    <message><source>passed over: {codes}</source><translation>放行：{codes}</translation></message>
    <message><source>shows the old address; the next print is marked as a reprint</source><translation>上面是旧地址，重打会标“补打”</translation></message>
    <message><source>stopping…</source><translation>正在停止…</translation></message>
    <message><source>the buyer's message</source><translation>买家留言</translation></message>
    <message><source>to be paid</source><translation>等付款</translation></message>
    <message><source>told by the platform</source><translation>来自平台</translation></message>
    <message><source>various</source><translation>各不相同</translation></message>
    <message><source>void</source><translation>已作废</translation></message>
    <message><source>will keep it from leaving</source><translation>会阻碍发货</translation></message>
    <message><source>with {n} other orders</source><translation>和另外 {n} 单一起</translation></message>
    <message><source>{amount} went back to you the way you paid.</source><translation>{amount} 已原路退回。</translation></message>
    <message><source>{carrier}, number {number}</source><translation>{carrier}，运单号 {number}</translation></message>
    <message><source>{document} {n} orders {at}</source><translation>{document} {n} 单 {at}</translation></message>
    <message><source>{document}: {n} printed copies</source><translation>已打印的{document} {n} 张</translation></message>
    <message><source>{d}d</source><translation>{d} 天</translation></message>
    <message><source>{d}d {h}h</source><translation>{d} 天 {h} 时</translation></message>
    <message><source>{h}h</source><translation>{h} 时</translation></message>
    <message><source>{h}h {m}m</source><translation>{h} 时 {m} 分</translation></message>
    <message><source>{m}m</source><translation>{m} 分</translation></message>
    <message><source>{name} was sent to the printer</source><translation>{name} 已送到打印机</translation></message>
    <message><source>{n} chosen</source><translation>已选 {n} 单</translation></message>
    <message><source>{n} kinds</source><translation>{n} 种</translation></message>
    <message><source>{n} missing</source><translation>缺 {n}</translation></message>
    <message><source>{n} numbers look like {carrier}</source><translation>{n} 个运单号像是{carrier}的</translation></message>
    <message><source>{n} orders</source><translation>{n} 单</translation></message>
    <message><source>{n} orders have no sheet</source><translation>{n} 单没有生成</translation></message>
    <message><source>{n} orders in {name}</source><translation>已导出 {n} 单到 {name}</translation></message>
    <message><source>{n} orders were refused; they are as they were.</source><translation>{n} 单没有发出，保持原样。</translation></message>
    <message><source>{n} parcels</source><translation>{n} 个包裹</translation></message>
    <message><source>{n} refunded</source><translation>已退 {n}</translation></message>
    <message><source>{n} sent</source><translation>已发 {n}</translation></message>
    <message><source>{n} units</source><translation>{n} 件</translation></message>
    <message><source>{n} were printed before</source><translation>{n} 单以前打印过</translation></message>
    <message><source>{n}+ orders</source><translation>{n}+ 单</translation></message>
    <message><source>{n}s left</source><translation>剩 {n} 秒</translation></message>
    <message><source>{ready} of {n} ready</source><translation>{n} 单里 {ready} 单可发</translation></message>
    <message><source>{time} late</source><translation>已超 {time}</translation></message>
    <message><source>{time} left</source><translation>剩 {time}</translation></message>
    <message><source>“{work}” is still running. Stopping it leaves the data as they were before it.</source><translation>“{work}”还在进行。停下来，数据会和它开始前一样。</translation></message>
    <message><source>“{work}” is still running; open the other shop when it is done.</source><translation>“{work}”还在进行，做完再打开另一家店。</translation></message>
</context>
</TS>
